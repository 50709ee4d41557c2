// Saves calls to a file: their packets as a capture, or their ladders as text or as a page.
import { createWriteStream, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { copyPackets } from '../capture/copy-packets.ts';
import { renderText } from '../ladder/text.ts';
import type { Effect, State } from './model/state.ts';
import type { Library } from './reading/library.ts';

type Save = Extract<Effect, { kind: 'save' }>;

/** A word on what was saved. Rejects where that failed; the file is there whole or not at all. */
export async function saveCalls(save: Save, state: State, library: Library): Promise<string> {
  const ids = idsOf(save, state, library);
  if (ids.length === 0) return 'There is no call to save.';
  const folder = mkdtempSync(join(dirname(save.path) || '.', '.sipspect-'));
  const temporary = join(folder, 'saving');
  try {
    const stream = createWriteStream(temporary);
    const write = (octets: Buffer | string): Promise<void> =>
      new Promise((resolve, reject) => {
        stream.write(octets, (error) => (error ? reject(error) : resolve()));
      });
    if (save.format === 'text') await writeLadders(ids, library, write);
    else if (save.format === 'html') await writePage(ids, library, write);
    else {
      const frames = new Set(ids.flatMap((id) => [...library.reading.framesOf(id)]));
      await copyPackets({
        inputs: library.files,
        frames,
        format: save.format,
        write: (octets) => write(Buffer.from(octets)),
      });
    }
    stream.end();
    await finished(stream);
    renameSync(temporary, save.path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return `Saved ${ids.length} call${ids.length === 1 ? '' : 's'} to ${save.path}`;
}

function idsOf({ which, ids }: Save, state: State, library: Library): readonly number[] {
  if (which === 'all') return Array.from({ length: library.count }, (_, index) => index + 1);
  if (which === 'this') return ids.filter((id) => id > 0);
  if (which === 'selected') {
    const list = state.stack[0]!;
    return list.kind === 'list' ? [...list.selected] : [];
  }
  const shown = library.shown(state.choice);
  return Array.from({ length: shown.length }, (_, position) => shown.at(position));
}

async function writeLadders(
  ids: readonly number[],
  library: Library,
  write: (text: string) => Promise<void>,
): Promise<void> {
  for (const id of ids) {
    const { drawing } = await library.openedNow(id);
    const lines = [...renderText(drawing, { width: 120, ascii: library.ascii })];
    await write(`${lines.join('\n')}\n\n`);
  }
}

async function writePage(
  ids: readonly number[],
  library: Library,
  write: (text: string) => Promise<void>,
): Promise<void> {
  await write(
    '<!doctype html>\n<meta charset="utf-8">\n<title>Calls</title>\n<style>pre{font:13px/1.35 monospace}</style>\n',
  );
  for (const id of ids) {
    const { drawing } = await library.openedNow(id);
    const text = [...renderText(drawing, { width: 140 })].join('\n');
    await write(`<pre>${text.replace(/[&<>]/g, (one) => `&#${one.charCodeAt(0)};`)}</pre>\n`);
  }
}
