// Screens of text that scrolls: help, statistics, the page of a rule.
import { printable } from '../../ladder/printable.ts';
import { formatSpan } from '../../ladder/span.ts';
import { amount } from '../model/amount.ts';
import type { Key } from '../model/key.ts';
import { moved } from '../model/scroll.ts';
import { back, replaced, type State, type TextScreen, type World } from '../model/state.ts';
import { cell, line, type StyledLine, span, wordWrapped } from '../model/styled.ts';
import { framed, keyLine, titleLine } from './frame.ts';
import { HELP } from './help.ts';

export function drawText(screen: TextScreen, state: State, world: World): StyledLine[] {
  const lines = linesOf(screen, state, world);
  const top = Math.min(screen.top, Math.max(0, lines.length - pageOf(state)));
  const title = screen.kind === 'rule' ? screen.rule : TITLES[screen.kind];
  return framed([titleLine(title, '', state.columns)], lines.slice(top), keyLine(KEYS, state), state);
}

export function pressText(screen: TextScreen, state: State, key: Key, world: World): State {
  const last = Math.max(0, linesOf(screen, state, world).length - pageOf(state));
  const at = moved(key.name, Math.min(screen.top, last), last + 1, pageOf(state));
  if (at !== null) return replaced(state, { ...screen, top: at });
  return ['escape', 'q', 'enter', 'f1', 'e', 'i', '?'].includes(key.name) ? back(state) : state;
}

function linesOf(screen: TextScreen, { columns }: State, world: World): StyledLine[] {
  if (screen.kind === 'help') return helpLines(columns);
  if (screen.kind === 'stats') return statsLines(world);
  const text = world.ruleText(screen.rule) ?? 'Reading ..';
  return text.split('\n').flatMap((row) => {
    const heading = /^[A-Z][\w ]*$/.test(row);
    return wordWrapped(row, columns - 2).map((one) =>
      line(span(printable(one, world.ascii), heading ? 'head' : 'plain')),
    );
  });
}

function helpLines(columns: number): StyledLine[] {
  return HELP.flatMap(([title, keys]) => [
    line(span(title, 'head')),
    ...keys.flatMap(([name, what]) =>
      wordWrapped(what, Math.max(20, columns - KEY_WIDTH)).map((one, index) =>
        line(span(cell(index === 0 ? `  ${name}` : '', KEY_WIDTH), 'key'), span(one)),
      ),
    ),
    line(),
  ]);
}

function statsLines(world: World): StyledLine[] {
  const { counted, outcomes } = world;
  const { messages, retransmissions } = counted;
  const { kinds, states, setups, durations } = world.summary();
  return [
    line(
      `${amount(world.packets, 'packet')}, ${amount(messages, 'SIP message')}, ${retransmissions} of them sent again; ${amount(world.count, 'call')}`,
    ),
    line(),
    ...tally('Packets', [...outcomes]),
    ...tally('Methods', [...counted.methods]),
    ...tally(
      'Responses',
      [...counted.statuses].map(([status, count]) => [String(status), count]),
    ),
    ...tally('Transports', [...counted.transports]),
    ...tally('Kinds', [...kinds]),
    ...tally('States', [...states]),
    ...spread('Set-up delay', setups),
    ...spread('Duration', durations),
  ];
}

function tally(title: string, entries: (readonly [string, number])[]): StyledLine[] {
  if (entries.length === 0) return [];
  const total = entries.reduce((sum, [, count]) => sum + count, 0);
  const sorted = entries.sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).slice(0, MOST);
  return [
    line(span(title, 'head')),
    ...sorted.map(([name, count]) => {
      const share = ((100 * count) / total).toFixed(1);
      return line(
        `  ${cell(printable(name), 28)} ${cell(String(count), 9, 'right')} ${cell(`${share} %`, 8, 'right')}`,
      );
    }),
    line(),
  ];
}

/** `sorted`: milliseconds, ascending. */
function spread(title: string, sorted: Float64Array): StyledLine[] {
  if (sorted.length === 0) return [];
  const at = (share: number): string =>
    formatSpan(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!);
  return [
    line(span(title, 'head')),
    line(`  least ${at(0)}   median ${at(0.5)}   90 % ${at(0.9)}   99 % ${at(0.99)}   most ${at(1)}`),
    line(),
  ];
}

function pageOf({ rows }: State): number {
  return Math.max(1, rows - 2);
}

const TITLES = { help: 'Keys', stats: 'Statistics' } as const;
const MOST = 30;
const KEY_WIDTH = 26;
const KEYS = [
  ['Esc', 'Back'],
  ['j k', 'Scroll'],
] as const;
