// The ladder of a call, alone or with its other legs: arrows with a cursor, and beside them the message under it.
import { printable } from '../../ladder/printable.ts';
import { amount } from '../model/amount.ts';
import type { Key } from '../model/key.ts';
import { COLOUR_MODES, type LadderView, ladderView, SDP_DETAILS } from '../model/ladder-view.ts';
import { moved, topFor } from '../model/scroll.ts';
import { TIME_MODES } from '../model/settings.ts';
import {
  back,
  type LadderScreen,
  open,
  replaced,
  type State,
  type World,
  withEffect,
} from '../model/state.ts';
import { line, type Span, type StyledLine, sized, span } from '../model/styled.ts';
import type { OpenedCall, OpenedLadder } from '../reading/opened-call.ts';
import { framed, keyLine, titleLine } from './frame.ts';
import { messageLines } from './message-lines.ts';
import { saveDialog } from './save.ts';
import { streamLines } from './stream-lines.ts';

export function drawLadder(screen: LadderScreen, state: State, world: World): StyledLine[] {
  const opened = world.opened(screen.id, screen.extended);
  if (opened === undefined) {
    const title = titleLine(`Call ${screen.id}`, '', state.columns);
    return framed([title], [line(span('Reading ..', 'dim'))], keyLine(KEYS, state), state);
  }
  const widths = widthsOf(state);
  const view = viewOf(opened, state, world);
  const { heads, lines, rows } = view;
  const place = placeOf(screen, state, opened, view);
  const ladder: StyledLine[] = [];
  for (let at = 0; at < heads.length + place.page; at++) {
    const index = at - heads.length + place.top;
    const one = at < heads.length ? heads[at]! : (lines[index] ?? line());
    const row = at < heads.length ? -1 : (rows[index] ?? -1);
    ladder.push(place.shafts.includes(row) ? decorated(one, row, screen, place) : one);
  }
  const body = widths.pane === 0 ? ladder : besides(ladder, screen, state, world, opened, place);
  return framed([title(screen, opened, state, world)], body, keyLine(KEYS, state), state);
}

export function pressLadder(screen: LadderScreen, state: State, key: Key, world: World): State {
  const opened = world.opened(screen.id, screen.extended);
  if (key.name === 'escape' || key.name === 'q') return back(state);
  if (opened === undefined) return state;
  const view = viewOf(opened, state, world);
  const place = placeOf(screen, state, opened, view);
  if (key.name === 'click') return clicked(screen, state, key, opened, view, place);
  const at = moved(key.name, place.cursor, place.shafts.length, Math.max(2, place.page >> 1));
  if (at !== null) return moveTo(screen, state, at, opened, view);
  const action = ACTIONS[key.name];
  return action === undefined ? state : action(state, screen, { message: place.message, opened, world });
}

interface Place {
  readonly shown: OpenedLadder;
  /** Rows of the drawing that are messages or media. */
  readonly shafts: readonly number[];
  /** Index among them. */
  readonly cursor: number;
  /** The row under the cursor; -1. */
  readonly row: number;
  /** Index of the message under the cursor; -1. */
  readonly message: number;
  readonly top: number;
  readonly page: number;
}

function placeOf(screen: LadderScreen, state: State, opened: OpenedCall, { heads, rows }: LadderView): Place {
  const page = Math.max(1, state.rows - 2 - heads.length);
  const shown = shownOf(opened, state);
  const shafts = shaftsOf(shown);
  const wanted = shafts.findIndex((row) =>
    screen.goTo === 0 ? keyOf(shown, row) === screen.anchor : showsPacket(shown, row, screen.goTo),
  );
  const cursor = Math.max(0, Math.min(wanted < 0 ? screen.cursor : wanted, shafts.length - 1));
  const row = shafts[cursor] ?? -1;
  const first = Math.max(0, rows.indexOf(row));
  const last = Math.max(first, rows.lastIndexOf(row));
  const all = cursor === shafts.length - 1 ? rows.length - 1 : last;
  const top = topFor(first, topFor(all, screen.top, page, rows.length), page, rows.length);
  return { shown, shafts, cursor, row, message: shown.messageOfRow[row] ?? -1, top, page };
}

/** With its media, or without. */
function shownOf({ ladder, quiet }: OpenedCall, { settings }: State): OpenedLadder {
  return settings.media ? ladder : quiet;
}

function shaftsOf({ drawing }: OpenedLadder): number[] {
  return drawing.rows.flatMap(({ kind }, index) => (kind === 'arrow' || kind === 'stream' ? [index] : []));
}

/** What a row shows, whatever comes before it later. */
function keyOf({ drawing, messageOfRow }: OpenedLadder, index: number): string {
  const row = drawing.rows[index]!;
  return row.kind === 'stream'
    ? `${row.ssrc} ${row.source} ${row.destination}`
    : `message ${messageOfRow[index]}`;
}

function showsPacket({ drawing }: OpenedLadder, row: number, frame: number): boolean {
  const arrow = drawing.rows[row]!;
  return arrow.kind === 'arrow' && arrow.frames.includes(frame);
}

function moveTo(
  screen: LadderScreen,
  state: State,
  cursor: number,
  opened: OpenedCall,
  view: LadderView,
): State {
  const shown = shownOf(opened, state);
  const row = shaftsOf(shown)[cursor];
  const anchor = row === undefined ? '' : keyOf(shown, row);
  const next = { ...screen, cursor, anchor, goTo: 0, paneTop: 0 };
  return replaced(state, { ...next, top: placeOf(next, state, opened, view).top });
}

function clicked(
  screen: LadderScreen,
  state: State,
  key: Key,
  opened: OpenedCall,
  view: LadderView,
  place: Place,
): State {
  const index = key.y - 1 - view.heads.length + place.top;
  const shaft = place.shafts.indexOf(view.rows[index] ?? -1);
  if (shaft < 0 || key.y < 1 + view.heads.length) return state;
  if (shaft !== place.cursor) return moveTo(screen, state, shaft, opened, view);
  return place.message < 0 ? state : open(state, message(screen, place.message));
}

/** Columns of the ladder and of the pane; no pane where the ladder would have too few. */
function widthsOf({ columns, settings: { pane } }: State): { ladder: number; pane: number } {
  const wanted = Math.floor((columns * pane) / 100);
  if (pane === 0 || columns - wanted - 1 < LEAST_LADDER || wanted < LEAST_PANE)
    return { ladder: columns, pane: 0 };
  return { ladder: columns - wanted - 1, pane: wanted };
}

function viewOf(opened: OpenedCall, state: State, world: World): LadderView {
  const { time, sdp, colour } = state.settings;
  // The column before the ladder shows the cursor and the mark.
  const look = { width: widthsOf(state).ladder - 1, ascii: world.ascii, time, sdp, colour };
  const key = JSON.stringify(look);
  const shown = shownOf(opened, state);
  const known = VIEWS.get(shown);
  if (known?.key === key) return known.view;
  const callIds = shown.messageOfRow.map((index) => opened.messages[index]?.call.callId ?? '');
  const view = indented(ladderView(shown.drawing, callIds, look));
  VIEWS.set(shown, { key, view });
  return view;
}

function indented({ heads, lines, rows }: LadderView): LadderView {
  const move = ({ spans }: StyledLine): StyledLine => ({ spans: [span(' '), ...spans] });
  return { heads: heads.map(move), lines: lines.map(move), rows };
}

function decorated(one: StyledLine, row: number, { marked }: LadderScreen, place: Place): StyledLine {
  const [first, ...spans] = one.spans as readonly [Span, ...Span[]];
  const isMarked = marked >= 0 && place.shown.messageOfRow[row] === marked;
  const mark = isMarked ? span('*', 'chosen') : first;
  return row === place.row ? { spans: [mark, ...spans], cursor: true } : { spans: [mark, ...spans] };
}

function besides(
  ladder: readonly StyledLine[],
  screen: LadderScreen,
  state: State,
  world: World,
  opened: OpenedCall,
  place: Place,
): StyledLine[] {
  const widths = widthsOf(state);
  const pane = paneLines(opened, place, widths.pane, state, world);
  const rule = world.ascii ? '|' : '│';
  return Array.from({ length: state.rows - 2 }, (_, row) => {
    const left = sized(ladder[row] ?? line(), widths.ladder);
    const right = pane[row + screen.paneTop] ?? line();
    const plain = left.spans.map((one) =>
      left.cursor === true && one.text.trim() !== '' ? { ...one, reverse: true } : one,
    );
    return { spans: [...(left.cursor === true ? plain : left.spans), span(rule, 'dim'), ...right.spans] };
  });
}

function paneLines(
  { messages }: OpenedCall,
  { shown, row, message }: Place,
  width: number,
  { settings }: State,
  { ascii }: World,
): readonly StyledLine[] {
  const chosen = shown.drawing.rows[row];
  if (chosen?.kind === 'stream') return streamLines(chosen, width, ascii);
  const opened = messages[message];
  return opened === undefined ? [] : messageLines(opened, width, { decoded: settings.decoded, ascii });
}

function title(screen: LadderScreen, opened: OpenedCall, state: State, world: World): StyledLine {
  const { ladder, callIds, findings } = opened;
  const { from, to, state: callState } = ladder.drawing.title;
  const more = callIds.length > 1 ? `${callIds.length} legs` : printable(callIds[0] ?? '', world.ascii);
  const words = [
    `${screen.extended ? 'Extended call' : 'Call'} ${screen.id}`,
    more,
    `${from} ${world.ascii ? '->' : '→'} ${to}`,
  ];
  const found = findings.length === 0 ? '' : `${amount(findings.length, 'finding')}  `;
  return titleLine(printable(words.join('  '), world.ascii), `${found}${callState}`, state.columns);
}

interface At {
  readonly message: number;
  readonly opened: OpenedCall;
  readonly world: World;
}

type Action = (state: State, screen: LadderScreen, at: At) => State;

function message({ id, extended }: LadderScreen, index: number): Parameters<typeof open>[1] {
  return { kind: 'message', id, extended, index, top: 0 };
}

const mark: Action = (state, screen, { message: index }) => {
  if (index < 0) return state;
  if (screen.marked < 0) return replaced(state, { ...screen, marked: index });
  if (screen.marked === index) return replaced(state, { ...screen, marked: -1 });
  const { id, extended, marked } = screen;
  return open(replaced(state, { ...screen, marked: -1 }), {
    ...{ kind: 'compare', id, extended, top: 0 },
    ...{ one: Math.min(marked, index), other: Math.max(marked, index) },
  });
};

const across: Action = (state, screen, { message: index, opened }) => {
  const other = opened.otherSide.get(index);
  const { id, extended } = screen;
  if (other !== undefined)
    return open(state, {
      kind: 'compare',
      id,
      extended,
      one: Math.min(index, other),
      other: Math.max(index, other),
      top: 0,
    });
  const hint = extended
    ? 'This message did not cross a box.'
    : 'This message did not cross a box here: x adds the other legs.';
  return { ...state, notice: hint };
};

const extend: Action = (state, screen) =>
  replaced(state, {
    ...screen,
    extended: !screen.extended,
    cursor: 0,
    anchor: '',
    goTo: 0,
    top: 0,
    marked: -1,
    paneTop: 0,
  });

function next<T>(all: readonly T[], one: T): T {
  return all[(all.indexOf(one) + 1) % all.length]!;
}

function widen(by: number): Action {
  return (state) => {
    const pane = Math.max(20, Math.min(70, (state.settings.pane || 40) + by));
    return withPane(state, pane);
  };
}

function withPane(state: State, pane: number): State {
  const next = { ...state, settings: { ...state.settings, pane } };
  return pane === 0 || widthsOf(next).pane > 0
    ? next
    : { ...next, notice: 'Too narrow for both: Enter shows the message.' };
}

function scrollPane(by: number): Action {
  return (state, screen) => replaced(state, { ...screen, paneTop: Math.max(0, screen.paneTop + by) });
}

const help: Action = (state) => open(state, { kind: 'help', rule: '', top: 0 });
const sdp: Action = (state) => ({
  ...state,
  settings: { ...state.settings, sdp: next(SDP_DETAILS, state.settings.sdp) },
  notice: `SDP: ${next(SDP_DETAILS, state.settings.sdp)}`,
});
const media: Action = (state, _, { opened }) => ({
  ...state,
  settings: { ...state.settings, media: !state.settings.media },
  notice:
    opened.ladder === opened.quiet
      ? 'The capture shows no media of this call.'
      : `Media: ${state.settings.media ? 'hidden' : 'shown'}`,
});
const colour: Action = (state) => ({
  ...state,
  settings: { ...state.settings, colour: next(COLOUR_MODES, state.settings.colour) },
  notice: `Colours: ${COLOURS[next(COLOUR_MODES, state.settings.colour)]}`,
});
const raw: Action = (state, screen) => open(state, message(screen, -1));
const save: Action = (state, screen, { world }) => open(state, saveDialog(new Set(), screen.id, world.files));

const ACTIONS: Readonly<Record<string, Action>> = {
  enter: (state, screen, { message: index }) =>
    index < 0
      ? { ...state, notice: 'This is media: nothing more of it is shown.' }
      : open(state, message(screen, index)),
  space: mark,
  ...{ f4: extend, x: extend },
  b: across,
  ...{ f1: help, '?': help },
  ...{ f2: save, s: save },
  ...{ f5: sdp, d: sdp },
  m: media,
  a: (state) => {
    const names = !state.settings.names;
    const next = {
      ...state,
      settings: { ...state.settings, names },
      notice: `Names: ${names ? 'shown' : 'hidden'}`,
    };
    return withEffect(next, { kind: 'call', aliases: state.settings.aliases, names });
  },
  ...{ f6: raw, r: raw },
  ...{ f7: colour, C: colour, c: colour },
  ...{ 9: widen(5), '0': widen(-5), T: (state) => ({ ...state, settings: { ...state.settings, pane: 40 } }) },
  t: (state) => withPane(state, state.settings.pane === 0 ? 40 : 0),
  w: (state) => ({ ...state, settings: { ...state.settings, time: next(TIME_MODES, state.settings.time) } }),
  D: (state) => ({ ...state, settings: { ...state.settings, decoded: !state.settings.decoded } }),
  e: (state, { id, extended }) => open(state, { kind: 'findings', id, extended, cursor: 0, top: 0 }),
  ...{ right: scrollPane(3), l: scrollPane(3), left: scrollPane(-3), h: scrollPane(-3) },
};

const VIEWS = new WeakMap<OpenedLadder, { key: string; view: LadderView }>();
const LEAST_LADDER = 56;
const LEAST_PANE = 24;
const COLOURS = { kind: 'requests and responses', cseq: 'CSeq', callid: 'Call-ID' } as const;

const KEYS = [
  ['Esc', 'Back'],
  ['Enter', 'Message'],
  ['Space', 'Compare'],
  ['x', 'Extended'],
  ['b', 'Across the box'],
  ['d', 'SDP'],
  ['m', 'Media'],
  ['e', 'Findings'],
  ['C', 'Colours'],
  ['w', 'Times'],
  ['9 0 t', 'Pane'],
  ['r', 'Raw'],
  ['F2', 'Save'],
  ['F1', 'Help'],
] as const;
