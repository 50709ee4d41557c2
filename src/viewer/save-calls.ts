// Saves calls to a file: their packets as a capture, or their ladders as text or as a page.
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { finished } from 'node:stream/promises';
import { copyPackets } from '../capture/copy-packets.ts';
import type { CallEvent } from '../dialog/call.ts';
import { type LadderWithMessages, renderHtml } from '../ladder/html.ts';
import type { LadderMessage } from '../ladder/html-message.ts';
import { renderText } from '../ladder/text.ts';
import type { Effect, State } from './model/state.ts';
import type { Library } from './reading/library.ts';
import { wrappedFrames } from './reading/wrapped-frames.ts';

/** A message as pages show it. */
export type PageMessage = (event: Pick<CallEvent, 'message' | 'retransmissionOf'>) => LadderMessage;

type Write = (text: string) => Promise<void>;
type Save = Extract<Effect, { kind: 'save' }>;

/** A word on what was saved. Rejects where that failed; the file is there whole or not at all. */
export async function saveCalls(
  save: Save,
  state: State,
  library: Library,
  pageMessage: PageMessage,
): Promise<string> {
  const ids = idsOf(save, state, library);
  if (ids.length === 0) return 'There is no call to save.';
  if (existsSync(save.path)) return `Not saved: ${save.path} is there already.`;
  const isCapture = save.format === 'pcap' || save.format === 'pcapng';
  if (isCapture && library.files.includes('-'))
    return 'Not saved: standard input cannot be read again for its packets; text and html can be saved.';
  const folder = mkdtempSync(join(dirname(save.path) || '.', '.sipspect-'));
  const temporary = join(folder, 'saving');
  try {
    const stream = createWriteStream(temporary);
    const write = (octets: Buffer | string): Promise<void> =>
      new Promise((resolve, reject) => {
        stream.write(octets, (error) => (error ? reject(error) : resolve()));
      });
    if (save.format === 'text') await writeLadders(ids, library, write);
    else if (save.format === 'html') await writePage(ids, library, pageMessage, write);
    else {
      const frames = new Set(ids.flatMap((id) => [...library.reading.framesOf(id)]));
      const wrapped = ids.filter((id) => /\b(tls|wss?)\b/.test(library.row(id).transport));
      if (wrapped.length > 0)
        for (const frame of await wrappedFrames(library.files, new Set(wrapped))) frames.add(frame);
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

async function writeLadders(ids: readonly number[], library: Library, write: Write): Promise<void> {
  for (const id of ids) {
    const { ladder } = await library.openedNow(id);
    const lines = [...renderText(ladder.drawing, { width: 120, ascii: library.ascii })];
    await write(`${lines.join('\n')}\n\n`);
  }
}

async function writePage(
  ids: readonly number[],
  library: Library,
  pageMessage: PageMessage,
  write: Write,
): Promise<void> {
  const ladders: LadderWithMessages[] = [];
  for (const id of ids.slice(0, MOST_ON_PAGE)) {
    const { ladder, messages } = await library.openedNow(id);
    ladders.push({ drawing: ladder.drawing, messages: messages.map(pageMessage) });
  }
  const digest = (text: string): string => createHash('sha256').update(text).digest('base64');
  const options = { time: 'relative', frames: true, digest, unseen: ids.length - ladders.length } as const;
  for (const piece of renderHtml(ladders, options)) await write(piece);
}

/** More ladders make a page that browsers take long to open. */
const MOST_ON_PAGE = 500;
