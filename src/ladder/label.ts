// An arrow of the drawing → the words at it, safe to print: what it is, what it carries, how long it took.
import { displayWidth, shorten } from './display-width.ts';
import type { Arrow, Shaft, Stream } from './drawing.ts';
import type { FlowMedia } from './flow.ts';
import type { Glyphs } from './glyphs.ts';
import { printable } from './printable.ts';
import { formatSpan } from './span.ts';

/** What is wrong with a message: a code, or a rule with the letter of its severity. */
export interface LabelMark {
  readonly text: string;
  readonly severity: 'error' | 'warning' | 'info';
}

export interface Label {
  /** `200 OK (1 INVITE)`. */
  readonly main: string;
  /** `+180 ms`, or ''. */
  readonly delay: string;
  /** The delay is long enough, and the response final, to be shown even where it takes a line of its own. */
  readonly slow: boolean;
  /** `SDP audio 192.0.2.1:30000 PCMU,PCMA`, one for each medium; or the type of another body. */
  readonly details: readonly string[];
  readonly marks: readonly LabelMark[];
  /** Columns of main, of main with delay, and of all but the marks in one line. */
  readonly coreWidth: number;
  readonly mainWidth: number;
  readonly fullWidth: number;
}

export function labelOf(row: Shaft, glyphs: Glyphs, ascii: boolean): Label {
  if (row.kind === 'stream') return streamLabel(row, glyphs, ascii);
  if (row.kind === 'missing') return measured(safe(row.label, ascii), '', false, [], []);
  const times = row.frames.length > 1 ? ` ${glyphs.times}${row.frames.length}` : '';
  // A reason phrase may be as long as a packet: it gives way to what follows it.
  const widest = row.tone === 'provisional' ? WIDEST_PROVISIONAL : WIDEST_NAME;
  const what = shorten(safe(row.label, ascii), widest, glyphs.ellipsis);
  const main = `${what}${row.cseq === '' ? '' : ` ${safe(row.cseq, ascii)}`}${times}`;
  // RFC 3261 §17.2.1: a 100 comes within 200 ms or is not sent; when it came says nothing of the call.
  const told = row.sinceRequest !== null && !row.label.startsWith('100');
  const delay = told ? `+${formatSpan(row.sinceRequest!)}` : '';
  // What a retransmission carries was said before (RFC 3261 §17: it is the same message).
  const media = row.retransmission ? [] : row.media;
  const details = media.slice(0, MAX_MEDIA).map((each) => safe(mediaText(each), ascii));
  if (media.length > MAX_MEDIA) details.push(`and ${media.length - MAX_MEDIA} more`);
  if (row.body !== '' && !row.retransmission) details.push(safe(row.body, ascii));
  return measured(
    main,
    delay,
    told && row.tone !== 'provisional' && row.sinceRequest! >= SLOW,
    details,
    marksOf(row, ascii),
  );
}

function marksOf({ marks, findings }: Arrow, ascii: boolean): LabelMark[] {
  const rules = new Map(
    findings.map(({ severity, rule }) => [`${LETTERS[severity]} ${safe(rule, ascii)}`, severity]),
  );
  return [
    ...marks.map((mark) => ({ text: safe(mark, ascii), severity: 'error' as const })),
    ...[...rules].map(([text, severity]) => ({ text, severity })),
  ];
}

/** `RTP PCMU 592 packets`, between which addresses, for how long, and how well they came. */
function streamLabel(row: Stream, glyphs: Glyphs, ascii: boolean): Label {
  const { protocol, media, codecs, packets, source, destination } = row;
  const what = shorten(safe(codecNames(codecs), ascii), WIDEST_NAME, glyphs.ellipsis);
  const count = `${packets} packet${packets === 1 ? '' : 's'}`;
  const main = [protocol, what, count].filter((word) => word !== '').join(' ');
  const route = `${media} ${source} ${glyphs.to} ${destination}`.trimStart();
  return measured(main, '', false, [safe(route, ascii), streamQuality(row)], []);
}

/** `11.8 s, 3 lost (0.5 %), jitter 0.42 ms`. */
export function streamQuality({ milliseconds, packets, lost, jitter }: Stream): string {
  const share = (100 * lost) / (packets + lost);
  return [
    formatSpan(milliseconds),
    lost === 0 ? '' : `${lost} lost (${share < 0.1 ? '<0.1' : share.toFixed(1)} %)`,
    jitter === null ? '' : `jitter ${formatSpan(jitter)}`,
  ]
    .filter((word) => word !== '')
    .join(', ');
}

/** The clock rate where it is not 8000 Hz. */
function codecNames(codecs: readonly string[]): string {
  return codecs.map((codec) => codec.replace(/\/8000$/, '')).join(',');
}

/**
 * `SDP audio 192.0.2.1:30000 PCMU,PCMA sendonly`; `IM message 192.0.2.1:5060` for instant messaging. The clock rate is
 * shown where it is not 8000 Hz, the direction where it is not sendrecv. Not escaped.
 */
export function mediaText(media: FlowMedia): string {
  const port = Number.isNaN(media.port) ? '?' : String(media.port);
  const address = media.address.includes(':') ? `[${media.address}]` : media.address;
  const words = [media.im ? 'IM' : 'SDP', media.media, `${address}:${port}`];
  if (media.codecs.length > 0) words.push(codecNames(media.codecs));
  if (media.port === 0) words.push('refused');
  else if (media.direction !== 'sendrecv' && !media.im) words.push(media.direction);
  return words.join(' ');
}

function measured(main: string, delay: string, slow: boolean, details: string[], marks: LabelMark[]): Label {
  const coreWidth = displayWidth(main);
  const mainWidth = coreWidth + (delay === '' ? 0 : displayWidth(delay) + 1);
  const fullWidth = details.reduce((sum, detail) => sum + displayWidth(detail) + 2, mainWidth);
  return { main, delay, slow, details, marks, coreWidth, mainWidth, fullWidth };
}

/** A label is one line at most: of longer text only the beginning is looked at. */
function safe(text: string, ascii: boolean): string {
  return printable(text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text, ascii);
}

const LETTERS = { error: 'E', warning: 'W', info: 'I' } as const;
/** Milliseconds. */
const SLOW = 100;
const WIDEST_NAME = 40;
/** `100 trying -- your call is important to us` is no more than a 100. */
const WIDEST_PROVISIONAL = 24;
const MAX_LENGTH = 400;
const MAX_MEDIA = 20;
