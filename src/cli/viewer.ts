// `sipspect CAPTURE` on a terminal: the full-screen viewer. Only this file loads it.
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runViewer } from '../viewer/viewer.ts';
import { CliError } from './exit.ts';
import { ladderMessage } from './ladder/ladder-message.ts';
import { readsInputOnce } from './options.ts';
import { readsInParallel } from './parallel.ts';

export async function viewer(captures: readonly string[]): Promise<void> {
  readsInputOnce(captures);
  for (const path of captures) {
    if (path !== '-' && !existsSync(path)) throw new CliError(`${path}: no such file`);
  }
  // It keeps every call that it lists: where little garbage is among much, to collect it often is dear.
  setFlagsFromString('--heap-growing-percent=100');
  await runViewer({
    captures,
    threaded: readsInParallel(captures, undefined),
    pageMessage: (event) => ladderMessage(event, false),
  });
}
