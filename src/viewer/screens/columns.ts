// The dialog that chooses the columns of the call list, and their order.
import { CALL_COLUMNS, columnOf } from '../model/call-columns.ts';
import type { Key } from '../model/key.ts';
import { moved, topFor } from '../model/scroll.ts';
import { back, type ColumnsDialog, replaced, type State, type World, withEffect } from '../model/state.ts';
import { boxed, cell, line, type StyledLine, span } from '../model/styled.ts';

export function columnsDialog(shown: readonly string[]): ColumnsDialog {
  const others = CALL_COLUMNS.map(({ id }) => id).filter((id) => !shown.includes(id));
  return {
    kind: 'columns',
    cursor: 0,
    draft: [...shown.map((id) => ({ id, shown: true })), ...others.map((id) => ({ id, shown: false }))],
  };
}

export function drawColumns(
  { cursor, draft }: ColumnsDialog,
  { columns, rows }: State,
  world: World,
): StyledLine[] {
  const page = Math.max(1, rows - 8);
  const top = topFor(cursor, 0, page, draft.length);
  const lines = draft.slice(top, top + page).map(({ id, shown }, index) => {
    const { title, about } = columnOf(id)!;
    const text = `[${shown ? 'x' : ' '}] ${cell(title, 12)} ${about}`;
    return { ...line(span(text, shown ? 'plain' : 'dim')), cursor: top + index === cursor };
  });
  const hint = line(span('Space shows or hides, + and - move, Enter accepts, s saves', 'dim'));
  return boxed('Columns', [...lines, line(), hint], Math.min(columns - 4, 72), world.ascii);
}

export function pressColumns(dialog: ColumnsDialog, state: State, key: Key): State {
  const { cursor, draft } = dialog;
  const at = moved(key.name, cursor, draft.length, state.rows - 8);
  if (at !== null) return replaced(state, { ...dialog, cursor: at });
  switch (key.name) {
    case 'space': {
      const one = draft[cursor]!;
      return replaced(state, { ...dialog, draft: draft.with(cursor, { ...one, shown: !one.shown }) });
    }
    case '+':
    case 'right':
      return swapped(dialog, state, cursor + 1);
    case '-':
    case 'left':
      return swapped(dialog, state, cursor - 1);
    case 'enter':
      return accepted(dialog, state);
    case 's': {
      const next = accepted(dialog, state);
      return withEffect(next, { kind: 'keep-settings', settings: next.settings });
    }
    case 'escape':
    case 'q':
      return back(state);
    default:
      return state;
  }
}

function swapped(dialog: ColumnsDialog, state: State, to: number): State {
  const { cursor, draft } = dialog;
  if (to < 0 || to >= draft.length) return state;
  return replaced(state, {
    ...dialog,
    cursor: to,
    draft: draft.with(cursor, draft[to]!).with(to, draft[cursor]!),
  });
}

function accepted({ draft }: ColumnsDialog, state: State): State {
  const columns = draft.filter(({ shown }) => shown).map(({ id }) => id);
  if (columns.length === 0) return { ...state, notice: 'One column at least has to stay.' };
  const sort = columns.includes(state.choice.sort) ? state.choice.sort : columns[0]!;
  return back({ ...state, settings: { ...state.settings, columns }, choice: { ...state.choice, sort } });
}
