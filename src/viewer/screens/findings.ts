// What the rules found, by severity and rule: of one call, or of all that were looked at.
import { printable } from '../../ladder/printable.ts';
import type { Finding } from '../../rules/finding.ts';
import { amount } from '../model/amount.ts';
import type { Key } from '../model/key.ts';
import { moved, topFor } from '../model/scroll.ts';
import { back, type FindingsScreen, open, replaced, type State, type World } from '../model/state.ts';
import { cell, line, type Style, type StyledLine, span, wordWrapped } from '../model/styled.ts';
import { LETTERS } from '../reading/opened-call.ts';
import { framed, keyLine, titleLine } from './frame.ts';

export function drawFindings(screen: FindingsScreen, state: State, world: World): StyledLine[] {
  const { columns } = state;
  const found = findingsOf(screen, world);
  const page = pageOf(state);
  const cursor = Math.min(screen.cursor, Math.max(0, found.length - 1));
  const top = topFor(cursor, screen.top, page, found.length);
  // Findings may be more than a call of a function can have arguments.
  const rule = Math.min(
    36,
    found.reduce((most, one) => Math.max(most, one.rule.length), 4),
  );
  const lines = found.slice(top, top + page).map((one, index) => ({
    ...line(
      span(`${LETTERS[one.severity]} `, one.severity),
      span(`${cell(one.rule, rule)} `),
      span(`${cell(one.call === null ? '' : String(one.call.id), 7, 'right')} `, 'dim'),
      span(`${cell(String(one.frames[0] ?? ''), 8, 'right')}  `, 'dim'),
      span(printable(one.message, world.ascii)),
    ),
    cursor: top + index === cursor,
  }));
  const chosen = found[cursor];
  if (chosen !== undefined && isTold(state)) {
    while (lines.length < page) lines.push({ ...line(), cursor: false });
    lines.push(...toldLines(chosen, state, world).map((one) => ({ ...one, cursor: false })));
  }
  if (lines.length === 0) lines.push({ ...line(span(emptyText(screen, world), 'dim')), cursor: false });
  const head = line(
    span(
      `  ${cell('Rule', rule)} ${cell('Call', 7, 'right')} ${cell('Packet', 8, 'right')}  Finding`,
      'head',
    ),
  );
  return framed(
    [titleLine(titleOf(screen), rightOf(screen, world, found), columns), head],
    lines,
    keyLine(KEYS, state),
    state,
  );
}

export function pressFindings(screen: FindingsScreen, state: State, key: Key, world: World): State {
  const found = findingsOf(screen, world);
  const page = pageOf(state);
  const at = moved(key.name, screen.cursor, found.length, page);
  if (at !== null)
    return replaced(state, { ...screen, cursor: at, top: topFor(at, screen.top, page, found.length) });
  const one = found[Math.min(screen.cursor, found.length - 1)];
  switch (key.name) {
    case 'escape':
    case 'q':
      return back(state);
    case 'click': {
      const clicked = screen.top + key.y - 2;
      return clicked < 0 || clicked >= found.length ? state : replaced(state, { ...screen, cursor: clicked });
    }
    case 'enter':
      return one === undefined ? state : atArrow(screen, state, one);
    case 'e':
      return one === undefined ? state : open(state, { kind: 'rule', rule: one.rule, top: 0 });
    case 'f1':
    case '?':
      return open(state, { kind: 'help', rule: '', top: 0 });
    default:
      return state;
  }
}

/** Findings in sight. */
function pageOf(state: State): number {
  return Math.max(1, state.rows - 3 - (isTold(state) ? TOLD : 0));
}

/** There is room for the whole text of the finding under the cursor. */
function isTold({ rows }: State): boolean {
  return rows >= LEAST_ROWS;
}

/** What is wrong in full, and what to do. */
function toldLines(
  { message, fix, sources, severity }: Finding,
  state: State,
  { ascii }: World,
): StyledLine[] {
  const width = state.columns - 2;
  const text = (words: string, style: Style): StyledLine[] =>
    wordWrapped(printable(words.slice(0, 2000), ascii), width).map((one) => line(span(` ${one}`, style)));
  const rule = line(span((ascii ? '-' : '─').repeat(state.columns), 'dim'));
  const told = [...text(message, severity), ...text(fix, 'plain'), ...text(sources.join(', '), 'dim')];
  return [rule, ...told.slice(0, TOLD - 1)];
}

/** The ladder of the finding's call, with the cursor on the arrow of the guilty message. */
function atArrow(screen: FindingsScreen, state: State, finding: Finding): State {
  const id = screen.id > 0 ? screen.id : (finding.call?.id ?? 0);
  if (id === 0) return { ...state, notice: 'This finding is about the whole capture.' };
  const goTo = finding.frames[0] ?? 0;
  const below = state.stack[state.stack.length - 2];
  if (below?.kind === 'ladder' && below.id === id)
    return replaced(back(state), { ...below, goTo, paneTop: 0 });
  const { extended } = screen;
  return open(state, {
    kind: 'ladder',
    id,
    extended,
    cursor: 0,
    anchor: '',
    goTo,
    top: 0,
    marked: -1,
    paneTop: 0,
  });
}

function findingsOf({ id, extended }: FindingsScreen, world: World): readonly Finding[] {
  return id === 0 ? world.allFindings() : (world.opened(id, extended)?.findings ?? []);
}

function titleOf({ id }: FindingsScreen): string {
  return id === 0 ? 'Findings' : `Findings of call ${id}`;
}

function rightOf({ id }: FindingsScreen, world: World, found: readonly Finding[]): string {
  const count = (severity: Finding['severity']): number =>
    found.filter((one) => one.severity === severity).length;
  const [errors, warnings, remarks] = [
    amount(count('error'), 'error'),
    amount(count('warning'), 'warning'),
    amount(count('info'), 'remark'),
  ];
  const counts = `${errors}, ${warnings}, ${remarks}`;
  return id === 0 ? `${counts}; ${world.judged} of ${amount(world.count, 'call')} looked at` : counts;
}

function emptyText({ id }: FindingsScreen, world: World): string {
  if (id === 0 && world.judged < world.count) return 'Nothing found so far.';
  return 'Nothing found.';
}

/** Lines below the list, and rows of a terminal that has room for them. */
const TOLD = 6;
const LEAST_ROWS = 18;
const KEYS = [
  ['Esc', 'Back'],
  ['Enter', 'Show the arrow'],
  ['e', 'Explain the rule'],
  ['F1', 'Help'],
] as const;
