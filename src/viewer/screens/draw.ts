// State → the lines of the whole screen: the topmost screen, and a dialog over the one below it.
import type { Screen, State, World } from '../model/state.ts';
import { line, lineWidth, overlay, type StyledLine, sized } from '../model/styled.ts';
import { drawColumns } from './columns.ts';
import { drawCompare } from './compare.ts';
import { drawFilter } from './filter.ts';
import { drawFindings } from './findings.ts';
import { drawLadder } from './ladder.ts';
import { drawList } from './list.ts';
import { drawMessage } from './message.ts';
import { drawQuit } from './quit.ts';
import { drawSave } from './save.ts';
import { drawSettings } from './settings.ts';
import { drawText } from './text.ts';

/** Exactly `state.rows` lines of `state.columns` columns. */
export function drawScreen(state: State, world: World): StyledLine[] {
  const { columns, rows, stack } = state;
  const base = stack.findLast((screen) => !DIALOGS.has(screen.kind))!;
  let lines = drawBase(base, state, world);
  for (const screen of stack.slice(stack.lastIndexOf(base) + 1)) {
    const box = drawDialog(screen, state, world);
    const x = Math.max(0, Math.floor((columns - lineWidth(box[0]!)) / 2));
    const y = Math.max(0, Math.floor((rows - box.length) / 2));
    lines = overlay(lines, box.slice(0, rows), x, y, columns);
  }
  const out = lines.slice(0, rows).map((one) => sized(one, columns));
  while (out.length < rows) out.push(sized(line(), columns));
  return out;
}

function drawBase(screen: Screen, state: State, world: World): StyledLine[] {
  switch (screen.kind) {
    case 'list':
      return drawList(screen, state, world);
    case 'ladder':
      return drawLadder(screen, state, world);
    case 'message':
      return drawMessage(screen, state, world);
    case 'compare':
      return drawCompare(screen, state, world);
    case 'findings':
      return drawFindings(screen, state, world);
    case 'help':
    case 'stats':
    case 'rule':
      return drawText(screen, state, world);
    default:
      return [];
  }
}

function drawDialog(screen: Screen, state: State, world: World): StyledLine[] {
  switch (screen.kind) {
    case 'filter':
      return drawFilter(screen, state, world);
    case 'columns':
      return drawColumns(screen, state, world);
    case 'save':
      return drawSave(screen, state, world);
    case 'settings':
      return drawSettings(screen, state, world);
    default:
      return drawQuit(world);
  }
}

const DIALOGS: ReadonlySet<Screen['kind']> = new Set(['filter', 'columns', 'save', 'settings', 'quit']);
