// The dialog that saves calls to a file: which, as what, where.
import type { Key } from '../model/key.ts';
import {
  back,
  replaced,
  type SaveDialog,
  type SaveFormat,
  type SaveWhich,
  type State,
  type World,
  withEffect,
} from '../model/state.ts';
import { boxed, cell, line, type Span, type StyledLine, span } from '../model/styled.ts';
import { fieldLine, LABEL, typed } from './field.ts';

export function saveDialog(selected: ReadonlySet<number>, id: number, files: readonly string[]): SaveDialog {
  const which = selected.size > 0 ? 'selected' : id > 0 ? 'this' : 'filtered';
  const stem = (files[0] ?? '').replace(/^.*\//, '').replace(/\.(pcap|pcapng|cap)?(\.(gz|zst))?$/i, '');
  const ids = which === 'selected' ? [...selected] : [id];
  return {
    kind: 'save',
    cursor: 0,
    path: `${stem === '' || stem === '-' ? 'calls' : stem}-saved.pcapng`,
    format: 'pcapng',
    which,
    ids,
  };
}

export function drawSave(
  { cursor, path, format, which }: SaveDialog,
  { columns }: State,
  world: World,
): StyledLine[] {
  const width = Math.min(columns - 4, 66);
  const lines = [
    fieldLine('File', path, cursor === 0, width - 4 - LABEL),
    line(),
    choices('Format', FORMATS, format, cursor === 1),
    choices('Calls', WHICH, which, cursor === 2),
    line(),
    line(
      span('[ Save ]', cursor === 3 ? 'bar' : 'plain'),
      '  ',
      span('[ Cancel ]', cursor === 4 ? 'bar' : 'plain'),
    ),
  ];
  return boxed('Save', lines, width, world.ascii);
}

export function pressSave(dialog: SaveDialog, state: State, key: Key): State {
  const { cursor, path, format, which, ids } = dialog;
  const move = (to: number): State => replaced(state, { ...dialog, cursor: (to + PLACES) % PLACES });
  switch (key.name) {
    case 'escape':
      return back(state);
    case 'up':
    case 'back-tab':
      return move(cursor - 1);
    case 'down':
    case 'tab':
      return move(cursor + 1);
    case 'enter':
      if (cursor === 4) return back(state);
      if (path.trim() === '') return { ...state, notice: 'The file has no name.' };
      return withEffect(back(state), { kind: 'save', path, format, which, ids });
  }
  if (cursor === 0) {
    const text = typed(path, key);
    return text === null ? state : replaced(state, { ...dialog, path: text });
  }
  const step = key.name === 'left' ? -1 : key.name === 'right' || key.name === 'space' ? 1 : 0;
  if (step === 0) return state;
  if (cursor === 1) {
    const next = other(FORMATS, format, step);
    const renamed = path.replace(/\.(pcap|pcapng|txt|html)$/, `.${ENDS[next]}`);
    return replaced(state, { ...dialog, format: next, path: renamed });
  }
  if (cursor === 2) return replaced(state, { ...dialog, which: other(WHICH, which, step) });
  return move(cursor + step);
}

function other<T>(all: readonly T[], one: T, step: number): T {
  return all[(all.indexOf(one) + step + all.length) % all.length]!;
}

function choices<T extends string>(
  label: string,
  all: readonly T[],
  chosen: T,
  focused: boolean,
): StyledLine {
  const spans: Span[] = [span(cell(label, LABEL), focused ? 'chosen' : 'plain')];
  for (const one of all)
    spans.push(
      span(`(${one === chosen ? '*' : ' '}) ${one}  `, one === chosen && focused ? 'chosen' : 'plain'),
    );
  return { spans };
}

const FORMATS: readonly SaveFormat[] = ['pcapng', 'pcap', 'text', 'html'];
const WHICH: readonly SaveWhich[] = ['this', 'selected', 'filtered', 'all'];
const ENDS: Readonly<Record<SaveFormat, string>> = {
  pcapng: 'pcapng',
  pcap: 'pcap',
  text: 'txt',
  html: 'html',
};
const PLACES = 5;
