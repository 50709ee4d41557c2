// `sipspect show`: one message, or all of a call.

import { callChoice } from '../calls/call-choice.ts';
import { CliError } from '../exit.ts';
import { openFilter } from '../filter.ts';
import { parseNumberList } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import { Output } from '../output/output.ts';
import { painter } from '../output/paint.ts';
import { read } from '../read.ts';
import { showMessage } from './show-message.ts';
import type { ShowOptions } from './show-options.ts';

export async function show(captures: readonly string[], options: ShowOptions): Promise<void> {
  if (options.across) return (await import('./show-across.ts')).showAcross(captures, options);
  const output = new Output();
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  const filter = await openFilter(options.filter);
  const isFrame = options.frame === undefined ? null : parseNumberList(options.frame, '--frame');
  const isWanted = callChoice(options);
  if (options.raw && process.stdout.isTTY)
    throw new CliError('--raw writes octets as they are: send them to a file or a pipe');
  await filter?.settle(captures);
  let shown = 0;
  await read(captures, options, {
    output,
    onMessage(message, info) {
      if (isFrame !== null && !(message.frames ?? [message.frame]).some(isFrame)) return;
      if (!isWanted(info.call.id, message.callId)) return;
      if (filter !== null && !filter.message(message, info)) return;
      shown++;
      if (options.raw) output.octets(message.bytes());
      else output.write(showMessage(message, info, options, paint));
    },
  });
  await output.flush();
  if (shown === 0) throw new CliError('no message was chosen: see `sipspect messages` for what there is', 0);
}
