// All that the viewer knows of itself: which screens are open, one over the other, and where each of them stands. Pressing a
// key makes a new state and, where something is to be done in the world, effects.
import type { Finding } from '../../rules/finding.ts';
import type { CallRow } from '../reading/call-row.ts';
import type { Counted } from '../reading/message-tally.ts';
import type { OpenedCall } from '../reading/opened-call.ts';
import type { RowSummary } from '../reading/row-summary.ts';
import type { Settings } from './settings.ts';

export interface State {
  readonly columns: number;
  readonly rows: number;
  /** The last is on top; the first is the list. */
  readonly stack: readonly Screen[];
  readonly settings: Settings;
  readonly choice: Choice;
  /** A word about what was done last; '' for none. */
  readonly notice: string;
  readonly effects: readonly Effect[];
}

/** Which calls are shown, and in which order. */
export interface Choice {
  readonly sort: string;
  readonly descending: boolean;
  /** Words that the row has to hold, or a filter expression. */
  readonly filter: string;
  readonly dialog: DialogFilter;
  /** Calls up to this number were cleared away, but for those in `keeps`. */
  readonly clearedUpTo: number;
  readonly keeps: ReadonlySet<number> | null;
}

export interface DialogFilter {
  readonly from: string;
  readonly to: string;
  readonly src: string;
  readonly dst: string;
  readonly payload: string;
  /** Bits of METHODS; -1 for all. */
  readonly methods: number;
}

export type Screen =
  | ListScreen
  | LadderScreen
  | MessageScreen
  | CompareScreen
  | FindingsScreen
  | TextScreen
  | FilterDialog
  | ColumnsDialog
  | SaveDialog
  | SettingsDialog
  | QuitDialog;

export interface ListScreen {
  readonly kind: 'list';
  /** Position of the cursor, and of the first row in sight. */
  readonly cursor: number;
  readonly top: number;
  readonly selected: ReadonlySet<number>;
  /** Columns that went at the left; 0: those that fit are in sight, the most needed first. */
  readonly gone: number;
  /** The display filter is being typed. */
  readonly typing: boolean;
}

interface OfCall {
  readonly id: number;
  readonly extended: boolean;
}

export interface LadderScreen extends OfCall {
  readonly kind: 'ladder';
  /** Index among the rows that are messages or media. */
  readonly cursor: number;
  /** What the row under the cursor shows, so that the cursor stays with it when more rows come; '' before it moved. */
  readonly anchor: string;
  /** The packet whose arrow the cursor is on instead, until it moves; 0 for none. */
  readonly goTo: number;
  readonly top: number;
  /** The message marked for comparison, by its index; -1 for none. */
  readonly marked: number;
  readonly paneTop: number;
}

export interface MessageScreen extends OfCall {
  readonly kind: 'message';
  /** Index among the messages; -1 for all, one after the other. */
  readonly index: number;
  readonly top: number;
}

export interface CompareScreen extends OfCall {
  readonly kind: 'compare';
  readonly one: number;
  readonly other: number;
  readonly top: number;
}

export interface FindingsScreen {
  readonly kind: 'findings';
  /** Only of this call; 0 for all. */
  readonly id: number;
  readonly extended: boolean;
  readonly cursor: number;
  readonly top: number;
}

/** Help, statistics, and the page of a rule. */
export interface TextScreen {
  readonly kind: 'help' | 'stats' | 'rule';
  readonly rule: string;
  readonly top: number;
}

export interface FilterDialog {
  readonly kind: 'filter';
  readonly cursor: number;
  readonly draft: DialogFilter;
}

export interface ColumnsDialog {
  readonly kind: 'columns';
  readonly cursor: number;
  /** All columns; those that are shown come with true. */
  readonly draft: readonly { readonly id: string; readonly shown: boolean }[];
}

export interface SaveDialog {
  readonly kind: 'save';
  readonly cursor: number;
  readonly path: string;
  readonly format: SaveFormat;
  readonly which: SaveWhich;
  /** Calls that `this` stands for. */
  readonly ids: readonly number[];
}

export type SaveFormat = 'pcap' | 'pcapng' | 'text' | 'html';
export type SaveWhich = 'this' | 'selected' | 'filtered' | 'all';

export interface SettingsDialog {
  readonly kind: 'settings';
  readonly cursor: number;
  readonly draft: Settings;
}

export interface QuitDialog {
  readonly kind: 'quit';
}

export type Effect =
  | { readonly kind: 'quit' }
  | { readonly kind: 'pause'; readonly on: boolean }
  | { readonly kind: 'redraw' }
  | { readonly kind: 'call'; readonly aliases: readonly string[]; readonly names: boolean }
  | { readonly kind: 'show-header'; readonly header: string }
  | { readonly kind: 'keep-settings'; readonly settings: Settings }
  | {
      readonly kind: 'save';
      readonly path: string;
      readonly format: SaveFormat;
      readonly which: SaveWhich;
      readonly ids: readonly number[];
    };

/** What the screens see of the captures. Asking never waits: what is not there yet is undefined, and a later frame has it. */
export interface World {
  readonly count: number;
  readonly done: boolean;
  /** The file grows, and is read on. */
  readonly following: boolean;
  readonly paused: boolean;
  /** 0–1, NaN where the size is not known. */
  readonly progress: number;
  readonly packets: number;
  readonly failure: string;
  readonly files: readonly string[];
  readonly counted: Counted;
  readonly outcomes: ReadonlyMap<string, number>;
  /** Calls that the rules have looked at. */
  readonly judged: number;
  row(id: number): CallRow;
  /** Of all calls; while they are read it may be a little old. */
  summary(): RowSummary;
  /** The calls of the choice, in its order. */
  shown(choice: Choice): ShownCalls;
  opened(id: number, extended: boolean): OpenedCall | undefined;
  findings(id: number): readonly Finding[] | undefined;
  allFindings(): readonly Finding[];
  ruleText(rule: string): string | undefined;
  readonly ascii: boolean;
}

export interface ShownCalls {
  readonly length: number;
  /** The number of the call at this position. */
  at(position: number): number;
  /** The numbers of all of them, in no order. */
  ids(): Iterable<number>;
  /** What is wrong with the filter; ''. */
  readonly error: string;
  /** Not all calls were looked at yet. */
  readonly busy: boolean;
}

export const NO_DIALOG_FILTER: DialogFilter = {
  from: '',
  to: '',
  src: '',
  dst: '',
  payload: '',
  methods: -1,
};

export function firstState(settings: Settings, columns: number, rows: number): State {
  return {
    ...{ columns, rows, settings },
    stack: [{ kind: 'list', cursor: 0, top: 0, selected: new Set(), gone: 0, typing: false }],
    choice: {
      ...{ sort: settings.sort, descending: settings.descending, filter: '', dialog: NO_DIALOG_FILTER },
      ...{ clearedUpTo: 0, keeps: null },
    },
    notice: '',
    effects: [],
  };
}

export function topOf({ stack }: State): Screen {
  return stack[stack.length - 1]!;
}

export function open(state: State, screen: Screen): State {
  return { ...state, stack: [...state.stack, screen] };
}

export function back(state: State): State {
  return state.stack.length > 1 ? { ...state, stack: state.stack.slice(0, -1) } : state;
}

/** The topmost screen as it is now. */
export function replaced(state: State, screen: Screen): State {
  return { ...state, stack: [...state.stack.slice(0, -1), screen] };
}

export function withEffect(state: State, effect: Effect): State {
  return { ...state, effects: [...state.effects, effect] };
}
