// What the user chose and the config file keeps.
import type { TimeMode } from '../../ladder/gutter.ts';
import { CALL_COLUMNS, DEFAULT_COLUMNS } from './call-columns.ts';
import { COLOUR_MODES, type ColourMode, SDP_DETAILS, type SdpDetail } from './ladder-view.ts';

export interface Settings {
  readonly columns: readonly string[];
  readonly sort: string;
  readonly descending: boolean;
  readonly time: TimeMode;
  readonly sdp: SdpDetail;
  readonly colour: ColourMode;
  /** RTP streams in ladders. */
  readonly media: boolean;
  /** The message pane beside the ladder: columns in percent; 0 where it is hidden. */
  readonly pane: number;
  /** Long headers explained below them. */
  readonly decoded: boolean;
  readonly autoScroll: boolean;
  readonly askBeforeQuit: boolean;
  readonly mouse: boolean;
  readonly customHeader: string;
  /** Ladders have names where there are any. */
  readonly names: boolean;
  /** `name=address[,address]`, as for `ladder --alias`. */
  readonly aliases: readonly string[];
}

export const TIME_MODES: readonly TimeMode[] = ['relative', 'absolute', 'delta'];

export const DEFAULT_SETTINGS: Settings = {
  columns: DEFAULT_COLUMNS,
  sort: 'index',
  descending: false,
  time: 'relative',
  sdp: 'full',
  colour: 'kind',
  media: true,
  pane: 40,
  decoded: false,
  autoScroll: false,
  askBeforeQuit: true,
  mouse: true,
  customHeader: '',
  names: true,
  aliases: [],
};

/** What a config file holds → settings; what it does not say, or says wrongly, is as by default. */
export function settingsOf(value: unknown): Settings {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const known = new Set(CALL_COLUMNS.map(({ id }) => id));
  const columns = strings(given['columns']).filter((id) => known.has(id));
  const pane = given['pane'];
  return {
    columns: columns.length > 0 ? columns : DEFAULT_SETTINGS.columns,
    sort: oneOf(given['sort'], [...known], DEFAULT_SETTINGS.sort),
    descending: flag(given['descending'], DEFAULT_SETTINGS.descending),
    time: oneOf(given['time'], TIME_MODES, DEFAULT_SETTINGS.time),
    sdp: oneOf(given['sdp'], SDP_DETAILS, DEFAULT_SETTINGS.sdp),
    colour: oneOf(given['colour'], COLOUR_MODES, DEFAULT_SETTINGS.colour),
    media: flag(given['media'], DEFAULT_SETTINGS.media),
    pane: typeof pane === 'number' && pane >= 0 && pane <= 80 ? pane : DEFAULT_SETTINGS.pane,
    decoded: flag(given['decoded'], DEFAULT_SETTINGS.decoded),
    autoScroll: flag(given['autoScroll'], DEFAULT_SETTINGS.autoScroll),
    askBeforeQuit: flag(given['askBeforeQuit'], DEFAULT_SETTINGS.askBeforeQuit),
    mouse: flag(given['mouse'], DEFAULT_SETTINGS.mouse),
    customHeader: typeof given['customHeader'] === 'string' ? given['customHeader'] : '',
    names: flag(given['names'], DEFAULT_SETTINGS.names),
    aliases: strings(given['aliases']),
  };
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

function oneOf<T extends string>(value: unknown, choices: readonly T[], otherwise: T): T {
  return choices.includes(value as T) ? (value as T) : otherwise;
}

function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === 'boolean' ? value : otherwise;
}
