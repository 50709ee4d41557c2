// The list of calls: what it looks like, and what its keys do.
import { SEVERITIES } from '../../capture/severity.ts';
import { shorten } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import { amount } from '../model/amount.ts';
import {
  type CallColumn,
  columnOf,
  type LaidColumn,
  layColumns,
  mostScrolled,
  scrollColumns,
} from '../model/call-columns.ts';
import type { Key } from '../model/key.ts';
import { moved, topFor } from '../model/scroll.ts';
import {
  type Choice,
  type ListScreen,
  open,
  replaced,
  type ShownCalls,
  type State,
  type World,
  withEffect,
} from '../model/state.ts';
import { cell, line, type Span, type Style, type StyledLine, sized, span } from '../model/styled.ts';
import { LETTERS } from '../reading/opened-call.ts';
import { columnsDialog } from './columns.ts';
import { filterDialog } from './filter.ts';
import { framed, keyLine, titleLine } from './frame.ts';
import { saveDialog } from './save.ts';

export function drawList(screen: ListScreen, state: State, world: World): StyledLine[] {
  const { choice, columns } = state;
  const shown = world.shown(choice);
  const page = pageOf(state);
  const laid = laidOf(screen, state);
  const { cursor, top } = inSight(screen, state, shown);
  const body: StyledLine[] = [];
  for (let position = top; position < Math.min(shown.length, top + page); position++) {
    const id = shown.at(position);
    const row = rowLine(id, screen.selected.has(id), laid, world);
    body.push(position === cursor ? { ...row, cursor: true } : row);
  }
  if (shown.length === 0) body.push(line(span(emptyText(world, shown, choice), 'dim')));
  return framed(
    [
      titleLine(headLeft(world), headRight(world, screen, shown), columns),
      filterLine(screen, choice, shown),
      headLine(laid, state, screen.gone, world.ascii),
    ],
    body,
    keyLine(KEYS, state),
    state,
  );
}

/** The columns in sight: chosen by need, until the user scrolls them sideways. */
function laidOf({ gone }: ListScreen, { columns, settings, choice }: State): LaidColumn[] {
  const chosen = chosenColumns(settings);
  return gone === 0
    ? layColumns(chosen, columns - BESIDE, choice.sort)
    : scrollColumns(chosen, columns - BESIDE, Math.min(gone, mostScrolled(chosen, columns - BESIDE)));
}

function chosenColumns({ columns }: State['settings']): CallColumn[] {
  return columns.map((id) => columnOf(id)).filter((one) => one !== undefined);
}

function scroll(by: number): Action {
  return (state, screen) => {
    const most = mostScrolled(chosenColumns(state.settings), state.columns - BESIDE);
    const gone = Math.max(0, Math.min(most, Math.min(screen.gone, most) + by));
    return replaced(state, { ...screen, gone });
  };
}

export function pressList(screen: ListScreen, state: State, key: Key, world: World): State {
  if (screen.typing) return pressTyping(screen, state, key);
  const shown = world.shown(state.choice);
  const { cursor } = inSight(screen, state, shown);
  const id = shown.length === 0 ? 0 : shown.at(cursor);
  if (key.name === 'click') return clicked(screen, state, key, shown, world);
  const at = moved(key.name, cursor, shown.length, pageOf(state));
  if (at !== null) return moveTo(screen, state, at, shown.length, false);
  const action = ACTIONS[key.name];
  if (action !== undefined) return action(state, screen, { id, shown, world });
  return state;
}

/** The list follows the last call while it fills, where the user wants it to. */
export function inSight(
  screen: ListScreen,
  state: State,
  shown: ShownCalls,
): { cursor: number; top: number } {
  const last = Math.max(0, shown.length - 1);
  const cursor = state.settings.autoScroll ? last : Math.min(screen.cursor, last);
  return { cursor, top: topFor(cursor, screen.top, pageOf(state), shown.length) };
}

/** Rows of calls in sight. */
function pageOf({ rows }: State): number {
  return Math.max(1, rows - HEAD - 1);
}

function moveTo(screen: ListScreen, state: State, cursor: number, count: number, keepAuto: boolean): State {
  const top = topFor(cursor, screen.top, pageOf(state), count);
  const next = replaced(state, { ...screen, cursor, top });
  return state.settings.autoScroll && !keepAuto
    ? { ...next, settings: { ...state.settings, autoScroll: false } }
    : next;
}

function clicked(screen: ListScreen, state: State, key: Key, shown: ShownCalls, world: World): State {
  if (key.y === HEAD - 1) return sortedAt(key.x, screen, state);
  const { cursor, top } = inSight(screen, state, shown);
  const position = top + key.y - HEAD;
  if (key.y < HEAD || position >= shown.length) return state;
  // A second click on the same call opens it.
  if (position === cursor) return ACTIONS['enter']!(state, screen, { id: shown.at(cursor), shown, world });
  return moveTo(screen, state, position, shown.length, false);
}

/** A click on the head of a column sorts by it, a second one turns the order round. */
function sortedAt(x: number, screen: ListScreen, state: State): State {
  let end = MARKS;
  for (const { column, width } of laidOf(screen, state)) {
    end += width + 1;
    if (x < MARKS || x >= end) continue;
    const { choice } = state;
    const descending = choice.sort === column.id && !choice.descending;
    return keepSort({ ...state, choice: { ...choice, sort: column.id, descending } });
  }
  return state;
}

function pressTyping(screen: ListScreen, state: State, key: Key): State {
  const { filter } = state.choice;
  const stop = (): State => replaced(state, { ...screen, typing: false });
  if (key.name === 'escape') return withFilter(stop(), '');
  if (['enter', 'tab', 'down', 'up', 'f3'].includes(key.name)) return stop();
  if (key.name === 'backspace') return withFilter(state, filter.slice(0, -1));
  if (key.name === 'ctrl-u') return withFilter(state, '');
  return key.text === '' ? state : withFilter(state, filter + key.text);
}

function withFilter(state: State, filter: string): State {
  return { ...state, choice: { ...state.choice, filter } };
}

interface At {
  /** The call under the cursor, 0 for none. */
  readonly id: number;
  readonly shown: ShownCalls;
  readonly world: World;
}

type Action = (state: State, screen: ListScreen, at: At) => State;

function ladder(extended: boolean): Action {
  return (state, _, { id }) =>
    id === 0
      ? state
      : open(state, {
          kind: 'ladder',
          id,
          extended,
          cursor: 0,
          goTo: 0,
          anchor: '',
          top: 0,
          marked: -1,
          paneTop: 0,
        });
}

function sortBy(step: number): Action {
  return (state) => {
    const { columns } = state.settings;
    const index = columns.indexOf(state.choice.sort);
    const sort = columns[(index + step + columns.length) % columns.length]!;
    return keepSort({ ...state, choice: { ...state.choice, sort } });
  };
}

/** The column may be one that has no room on the screen: it is named. */
function keepSort(state: State): State {
  const { sort, descending } = state.choice;
  const title = columnOf(sort)?.title ?? sort;
  const notice = `Sorted by ${title}${descending ? ', the other way round' : ''}`;
  return { ...state, settings: { ...state.settings, sort, descending }, notice };
}

const select: Action = (state, screen, { id, shown }) => {
  if (id === 0) return state;
  const selected = new Set(screen.selected);
  if (!selected.delete(id)) selected.add(id);
  const { cursor } = inSight(screen, state, shown);
  return moveTo({ ...screen, selected }, state, Math.min(cursor + 1, shown.length - 1), shown.length, true);
};

const typing: Action = (state, screen) => replaced(state, { ...screen, typing: true });
const help: Action = (state) => open(state, { kind: 'help', rule: '', top: 0 });
const raw: Action = (state, _, { id }) =>
  id === 0 ? state : open(state, { kind: 'message', id, extended: false, index: -1, top: 0 });
const quit: Action = (state) =>
  state.settings.askBeforeQuit ? open(state, { kind: 'quit' }) : withEffect(state, { kind: 'quit' });
const save: Action = (state, screen, { id, world }) =>
  open(state, saveDialog(screen.selected, id, world.files));
const settings: Action = (state) => open(state, { kind: 'settings', cursor: 0, draft: state.settings });

const ACTIONS: Readonly<Record<string, Action>> = {
  enter: ladder(false),
  ...{ f4: ladder(true), x: ladder(true) },
  space: select,
  ...{ f3: typing, '/': typing, tab: typing },
  ...{ f1: help, h: help, '?': help },
  ...{ f2: save, s: save },
  f5: (state, screen, { world }) =>
    replaced(
      { ...state, choice: { ...state.choice, clearedUpTo: world.count, keeps: null } },
      { ...screen, cursor: 0, top: 0, selected: new Set() },
    ),
  'ctrl-l': (state) => withEffect(state, { kind: 'redraw' }),
  ...{ f6: raw, r: raw },
  ...{
    f7: (state) => open(state, filterDialog(state.choice.dialog)),
    f: (state) => open(state, filterDialog(state.choice.dialog)),
  },
  ...{ f8: settings, o: settings },
  f9: (state, screen, { shown, world }) => {
    const keeps = new Set(shown.ids());
    return replaced(
      { ...state, choice: { ...state.choice, clearedUpTo: world.count, keeps } },
      { ...screen, cursor: 0, top: 0 },
    );
  },
  ...{
    f10: (state) => open(state, columnsDialog(state.settings.columns)),
    t: (state) => open(state, columnsDialog(state.settings.columns)),
  },
  i: (state) => open(state, { kind: 'stats', rule: '', top: 0 }),
  e: (state) => open(state, { kind: 'findings', id: 0, extended: false, cursor: 0, top: 0 }),
  p: (state, _, { world }) => withEffect(state, { kind: 'pause', on: !world.paused }),
  A: (state) => ({ ...state, settings: { ...state.settings, autoScroll: !state.settings.autoScroll } }),
  ...{ left: scroll(-1), right: scroll(1) },
  '<': sortBy(-1),
  '>': sortBy(1),
  z: (state) => keepSort({ ...state, choice: { ...state.choice, descending: !state.choice.descending } }),
  ...{ q: quit, escape: quit },
};

function rowLine(id: number, selected: boolean, laid: readonly LaidColumn[], world: World): StyledLine {
  const row = world.row(id);
  const spans: Span[] = [span(selected ? '[*] ' : '[ ] ', selected ? 'chosen' : 'dim')];
  const ellipsis = world.ascii ? '' : '…';
  for (const { column, width } of laid) {
    const text = printable(column.value(row, findingsText(world, id)).slice(0, 300), world.ascii);
    const style = selected ? 'chosen' : styleOf(column.id, row.state, text);
    spans.push(span(cell(text, width, column.align, ellipsis), style), span(' '));
  }
  return { spans };
}

/** `2E 1W`; `…` while nobody has looked. */
function findingsText(world: World, id: number): string {
  const found = world.findings(id);
  if (found === undefined) return '';
  const words = SEVERITIES.map((severity) => {
    const count = found.filter((one) => one.severity === severity).length;
    return count === 0 ? '' : `${count}${LETTERS[severity]}`;
  });
  return words.filter((word) => word !== '').join(' ') || '-';
}

function styleOf(column: string, state: string, text: string): Style {
  if (column === 'findings') return text.includes('E') ? 'error' : text.includes('W') ? 'warning' : 'dim';
  if (column !== 'state') return 'plain';
  return STATE_STYLES.find(([pattern]) => pattern.test(state))?.[1] ?? 'plain';
}

function headLeft({ files, ascii }: World): string {
  const names = files.map((path) => (path === '-' ? 'standard input' : path.replace(/^.*\//, '')));
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `sipspect  ${printable(names.slice(0, 3).join(', '), ascii)}${more}`;
}

function headRight(world: World, { selected }: ListScreen, shown: ShownCalls): string {
  const words = [amount(world.count, 'call')];
  if (shown.length !== world.count) words.push(`${shown.length} shown`);
  if (selected.size > 0) words.push(`${selected.size} selected`);
  if (world.failure !== '') words.push('reading failed');
  else if (world.paused) words.push('paused');
  else if (world.following) words.push('following');
  else if (!world.done)
    words.push(Number.isNaN(world.progress) ? 'reading' : `reading ${Math.floor(world.progress * 100)} %`);
  return words.join('  ');
}

function filterLine(screen: ListScreen, { filter, dialog }: Choice, shown: ShownCalls): StyledLine {
  const dialogs = Object.entries(dialog)
    .filter(([, value]) => value !== '' && value !== -1)
    .map(([name, value]) => (typeof value === 'string' ? `${name} ${printable(value)}` : 'methods'));
  const spans = [
    span('Display filter: ', 'dim'),
    span(printable(filter) + (screen.typing ? '_' : ''), screen.typing ? 'field' : 'chosen'),
  ];
  if (shown.error !== '') spans.push(span(`  ${printable(shown.error)}`, 'error'));
  else if (shown.busy) spans.push(span('  looking', 'dim'));
  if (dialogs.length > 0) spans.push(span(`  Filter: ${dialogs.join(', ')}`, 'chosen'));
  return { spans };
}

function headLine(
  laid: readonly LaidColumn[],
  { choice, settings, columns }: State,
  gone: number,
  ascii: boolean,
): StyledLine {
  const chosen = chosenColumns(settings);
  const last = laid[laid.length - 1]?.column;
  // More columns than these: to the right, or between them.
  const isMore = gone === 0 ? laid.length < chosen.length : last !== chosen[chosen.length - 1];
  const [before, after] = ascii ? ['<', '>'] : ['◂', '▸'];
  const marker = ascii ? (choice.descending ? 'v' : '^') : choice.descending ? '▼' : '▲';
  const head = {
    spans: [
      span(gone > 0 ? `${before}   ` : '    ', 'head'),
      ...laid.map(({ column, width }) => {
        const isSorted = column.id === choice.sort;
        const title = isSorted ? `${shorten(column.title, width - 1, '')}${marker}` : column.title;
        return span(`${cell(title, width, column.align, '')} `, 'head');
      }),
    ],
  };
  return isMore ? { spans: [...sized(head, columns - 1).spans, span(after, 'key')] } : head;
}

function emptyText(world: World, shown: ShownCalls, choice: Choice): string {
  if (world.failure !== '') return printable(world.failure);
  if (shown.busy) return 'Looking ..';
  if (world.count > 0) return choice.filter === '' ? 'No call is shown.' : 'No call matches the filter.';
  return world.done ? 'No SIP in this capture.' : 'Reading ..';
}

const HEAD = 3;
/** What stands beside the columns: `[ ] ` before each call, and at the right whether there are more. */
const BESIDE = 5;
/** `[ ] ` before each call. */
const MARKS = 4;

const KEYS = [
  ['Esc', 'Quit'],
  ['Enter', 'Show'],
  ['Space', 'Select'],
  ['F1', 'Help'],
  ['F2', 'Save'],
  ['F3', 'Search'],
  ['F4', 'Extended'],
  ['F7', 'Filter'],
  ['F8', 'Settings'],
  ['F10', 'Columns'],
  ['e', 'Findings'],
  ['i', 'Statistics'],
  ['< > z', 'Sort'],
  ['p', 'Pause'],
] as const;

const STATE_STYLES: readonly (readonly [RegExp, Style])[] = [
  [/^(completed|registered|active|delivered)/, 'success'],
  [/^(in-call|call-setup|pending)/, 'provisional'],
  [/^(cancelled|diverted|challenged|unregistered|expired|terminated)/, 'redirect'],
  [/^(busy|rejected|failed|no-response)/, 'failure'],
];
