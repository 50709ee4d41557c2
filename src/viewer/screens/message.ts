// One message, or all of a call one after the other: its octets, decoded on demand.
import type { Key } from '../model/key.ts';
import { moved } from '../model/scroll.ts';
import { back, type MessageScreen, open, replaced, type State, type World } from '../model/state.ts';
import { line, type StyledLine, span } from '../model/styled.ts';
import { framed, keyLine, titleLine } from './frame.ts';
import { messageLines } from './message-lines.ts';

export function drawMessage(screen: MessageScreen, state: State, world: World): StyledLine[] {
  const { columns } = state;
  const opened = world.opened(screen.id, screen.extended);
  const count = opened?.messages.length ?? 0;
  const which = screen.index < 0 ? `all ${count} messages` : `message ${screen.index + 1} of ${count}`;
  const head = [titleLine(`Call ${screen.id}`, which, columns)];
  const lines = linesOf(screen, state, world);
  const top = Math.min(screen.top, Math.max(0, lines.length - pageOf(state)));
  return framed(head, lines.slice(top), keyLine(KEYS, state), state);
}

export function pressMessage(screen: MessageScreen, state: State, key: Key, world: World): State {
  const opened = world.opened(screen.id, screen.extended);
  const lines = linesOf(screen, state, world);
  const page = pageOf(state);
  const last = Math.max(0, lines.length - page);
  const at = moved(key.name, Math.min(screen.top, last), last + 1, page);
  if (at !== null) return replaced(state, { ...screen, top: at });
  switch (key.name) {
    case 'escape':
    case 'q':
    case 'enter':
      return back(state);
    case 'right':
    case 'l':
    case 'n':
    case 'left':
    case 'h':
    case 'N': {
      const by = ['right', 'l', 'n'].includes(key.name) ? 1 : -1;
      const count = opened?.messages.length ?? 0;
      if (screen.index < 0 || count === 0) return state;
      return replaced(state, {
        ...screen,
        index: Math.max(0, Math.min(count - 1, screen.index + by)),
        top: 0,
      });
    }
    case 'd':
      return { ...state, settings: { ...state.settings, decoded: !state.settings.decoded } };
    case 'r':
      return replaced(state, { ...screen, index: screen.index < 0 ? 0 : -1, top: 0 });
    case 'f1':
    case '?':
      return open(state, { kind: 'help', rule: '', top: 0 });
    default:
      return state;
  }
}

function linesOf(screen: MessageScreen, state: State, world: World): readonly StyledLine[] {
  const opened = world.opened(screen.id, screen.extended);
  if (opened === undefined) return [line(span('Reading ..', 'dim'))];
  const look = { decoded: state.settings.decoded, ascii: world.ascii };
  const chosen = screen.index < 0 ? opened.messages : opened.messages.slice(screen.index, screen.index + 1);
  return chosen.flatMap((one) => [...messageLines(one, state.columns, look), line()]);
}

function pageOf({ rows }: State): number {
  return Math.max(1, rows - 2);
}

const KEYS = [
  ['Esc', 'Back'],
  ['d', 'Decoded'],
  ['h l', 'Other message'],
  ['r', 'All messages'],
  ['j k', 'Scroll'],
  ['F1', 'Help'],
] as const;
