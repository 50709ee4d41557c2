// State and key in, the next state out: what every key does, on the screen that is on top.
import { pressColumns } from '../screens/columns.ts';
import { pressCompare } from '../screens/compare.ts';
import { pressFilter } from '../screens/filter.ts';
import { pressFindings } from '../screens/findings.ts';
import { pressLadder } from '../screens/ladder.ts';
import { pressList } from '../screens/list.ts';
import { pressMessage } from '../screens/message.ts';
import { pressQuit } from '../screens/quit.ts';
import { pressSave } from '../screens/save.ts';
import { pressSettings } from '../screens/settings.ts';
import { pressText } from '../screens/text.ts';
import type { Key } from './key.ts';
import { type State, topOf, type World, withEffect } from './state.ts';

export function press(before: State, key: Key, world: World): State {
  const state = before.notice === '' ? before : { ...before, notice: '' };
  if (key.name === 'ctrl-c') return withEffect(state, { kind: 'quit' });
  const screen = topOf(state);
  switch (screen.kind) {
    case 'list':
      return pressList(screen, state, key, world);
    case 'ladder':
      return pressLadder(screen, state, key, world);
    case 'message':
      return pressMessage(screen, state, key, world);
    case 'compare':
      return pressCompare(screen, state, key, world);
    case 'findings':
      return pressFindings(screen, state, key, world);
    case 'filter':
      return pressFilter(screen, state, key);
    case 'columns':
      return pressColumns(screen, state, key);
    case 'save':
      return pressSave(screen, state, key);
    case 'settings':
      return pressSettings(screen, state, key);
    case 'quit':
      return pressQuit(state, key);
    default:
      return pressText(screen, state, key, world);
  }
}
