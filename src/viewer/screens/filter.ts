// The filter dialog: parts of From, To, source, destination and payload, and methods.
import type { Key } from '../model/key.ts';
import {
  back,
  type DialogFilter,
  type FilterDialog,
  NO_DIALOG_FILTER,
  replaced,
  type State,
  type World,
} from '../model/state.ts';
import { boxed, cell, line, type Span, type StyledLine, span } from '../model/styled.ts';
import { METHODS } from '../reading/call-row.ts';
import { fieldLine, LABEL, typed } from './field.ts';

export function filterDialog(draft: DialogFilter): FilterDialog {
  return { kind: 'filter', cursor: 0, draft };
}

export function drawFilter({ cursor, draft }: FilterDialog, { columns }: State, world: World): StyledLine[] {
  const width = Math.min(columns - 4, 66);
  const fields = FIELDS.map(([name, label], index) =>
    fieldLine(label, draft[name], cursor === index, width - 4 - LABEL),
  );
  const methods = ALL_METHODS.map((method, index): Span => {
    const text = `[${isOn(draft.methods, index) ? 'x' : ' '}] ${method}`;
    return span(cell(text, 15), cursor === FIELDS.length + index ? 'chosen' : 'plain');
  });
  const rows: StyledLine[] = [];
  for (let at = 0; at < methods.length; at += 4) rows.push({ spans: methods.slice(at, at + 4) });
  const buttons = line(
    span('[ Filter ]', cursor === FILTER ? 'bar' : 'plain'),
    '  ',
    span('[ Cancel ]', cursor === CANCEL ? 'bar' : 'plain'),
    '  ',
    span('[ Clear ]', cursor === CLEAR ? 'bar' : 'plain'),
  );
  return boxed('Filter', [...fields, line(), ...rows, line(), buttons], width, world.ascii);
}

export function pressFilter(dialog: FilterDialog, state: State, key: Key): State {
  const { cursor, draft } = dialog;
  const move = (to: number): State => replaced(state, { ...dialog, cursor: (to + PLACES) % PLACES });
  const accept = (chosen: DialogFilter): State =>
    back({ ...state, choice: { ...state.choice, dialog: chosen } });
  switch (key.name) {
    case 'escape':
      return back(state);
    case 'up':
    case 'back-tab':
      return move(cursor - (cursor > FIELDS.length && cursor < FILTER && key.name === 'up' ? 4 : 1));
    case 'down':
    case 'tab':
      return move(cursor + (cursor >= FIELDS.length && cursor + 4 < FILTER && key.name === 'down' ? 4 : 1));
    case 'right':
      return move(cursor + 1);
    case 'left':
      return move(cursor - 1);
    case 'enter':
      if (cursor === CANCEL) return back(state);
      return accept(cursor === CLEAR ? NO_DIALOG_FILTER : draft);
  }
  const field = FIELDS[cursor]?.[0];
  if (field !== undefined) {
    const text = typed(draft[field], key);
    return text === null ? state : replaced(state, { ...dialog, draft: { ...draft, [field]: text } });
  }
  if (key.name === 'space' && cursor < FILTER) {
    const index = cursor - FIELDS.length;
    const all = draft.methods === -1 ? ALL_BITS : draft.methods;
    const methods = all ^ (1 << index);
    return replaced(state, { ...dialog, draft: { ...draft, methods: methods === ALL_BITS ? -1 : methods } });
  }
  return state;
}

function isOn(methods: number, index: number): boolean {
  return (methods & (1 << index)) !== 0;
}

const FIELDS = [
  ['from', 'SIP From'],
  ['to', 'SIP To'],
  ['src', 'Source'],
  ['dst', 'Destination'],
  ['payload', 'Payload'],
] as const;
const ALL_METHODS = [...METHODS, 'others'];
const ALL_BITS = (1 << ALL_METHODS.length) - 1;
const FILTER = FIELDS.length + ALL_METHODS.length;
const CANCEL = FILTER + 1;
const CLEAR = FILTER + 2;
const PLACES = FILTER + 3;
