// A message → text for people: its octets line by line, what is wrong under the octet, what it means.
import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { MessageInfo } from '../../dialog/call.ts';
import { explainMessage } from '../../explain/explain.ts';
import type { ExplainedLine } from '../../explain/explained-line.ts';
import { displayWidth } from '../../ladder/display-width.ts';
import { printable } from '../../ladder/printable.ts';
import type { SipMessage } from '../../sip/message.ts';
import { formatDateAndClock } from '../output/format.ts';
import type { Paint } from '../output/paint.ts';
import { hexDump } from './hex-dump.ts';

export interface ShowMessageOptions {
  readonly explain?: boolean;
  readonly secrets?: boolean;
}

/** Ends in an empty line. Nothing in it acts on a terminal but the paint. */
export function showMessage(
  message: SipMessage,
  info: Pick<MessageInfo, 'retransmissionOf' | 'duplicateOf'> & { readonly call: { readonly id: number } },
  options: ShowMessageOptions,
  paint: Paint,
): string {
  const lines = explainMessage(message, { secrets: options.secrets === true });
  const shown = lines.flatMap((line) => [
    ...octetLines(line, paint),
    ...line.diagnostics.map((diagnostic) => pointTo(diagnostic, line, paint)),
    ...notes(line, options).map((note) => paint.dim(`    ${printable(note)}`)),
  ]);
  return `${paint.bold(headOf(message, info))}\n${shown.map((line) => `${line}\n`).join('')}\n`;
}

/** `packet 12  2026-11-21 03:40:00.123456  10.0.0.1:5060 → 10.0.0.2:5060  UDP  call 1, retransmission of packet 10`. */
function headOf(message: SipMessage, info: Parameters<typeof showMessage>[1]): string {
  const { retransmissionOf, duplicateOf, call } = info;
  const frames = message.frames ?? [message.frame];
  const again =
    retransmissionOf > 0
      ? `, retransmission of packet ${retransmissionOf}`
      : duplicateOf > 0
        ? `, duplicate of packet ${duplicateOf}`
        : '';
  return [
    `${frames.length > 1 ? 'packets' : 'packet'} ${frames.join(', ')}`,
    formatDateAndClock(message),
    `${message.src.text} → ${message.dst.text}`,
    message.transport.toUpperCase(),
    `call ${call.id}${again}`,
    ...passageWords(message),
  ].join('  ');
}

/** `[hep 127.0.0.20→127.0.0.90 agent 2001]`, `agent sbc-1`, `correlation ID 1@example.com`. */
function passageWords({ passage }: SipMessage): string[] {
  if (passage === null) return [];
  const { node = '', correlationId = '' } = passage.hep ?? {};
  return [
    `[${passage.tunnel}]`,
    ...(node === '' ? [] : [`agent ${printable(node)}`]),
    ...(correlationId === '' ? [] : [`correlation ID ${printable(correlationId)}`]),
  ];
}

function octetLines(line: ExplainedLine, paint: Paint): string[] {
  if (line.kind === 'binary') return [...hexDump(line.octets)];
  const text = printable(line.text);
  if (line.kind === 'start-line') return [paint.cyan(text)];
  if (line.kind === 'trailing') return [paint.red(text)];
  const colon = line.kind === 'header' && line.purpose !== '' ? text.indexOf(':') : -1;
  return [colon < 0 ? text : paint.green(text.slice(0, colon)) + text.slice(colon)];
}

/** A caret under the octet, with the words on the side where there is room. */
function pointTo(diagnostic: Diagnostic, line: ExplainedLine, paint: Paint): string {
  const { severity, code, message, at } = diagnostic;
  const paintIt = severity === 'error' ? paint.red : paint.yellow;
  const words = `${severity}: ${printable(message)} [${code}]`;
  if (at === undefined) return paintIt(`! ${words}`);
  if (line.kind === 'binary') return paintIt(`! ${words} at octet ${at - line.start}`);
  const before = columnsBefore(line, at - line.start);
  const width = displayWidth(words);
  if (before > width && before + width + 2 > ROOM)
    return paintIt(`${' '.repeat(before - width - 1)}${words} ^`);
  return paintIt(`${' '.repeat(before)}^ ${words}`);
}

/** The columns that the octets before `offset` take; from within a character, those before it. */
function columnsBefore({ octets }: ExplainedLine, offset: number): number {
  let end = Math.min(Math.max(offset, 0), octets.length);
  for (let back = 0; back < 3 && (octets[end]! & 0xc0) === 0x80; back++) end--;
  return displayWidth(printable(octets.toString('utf8', 0, end)));
}

function notes(line: ExplainedLine, { explain }: ShowMessageOptions): string[] {
  if (!explain) return line.encoded ? [...line.decoded] : [];
  return [line.purpose, ...line.decoded].filter((note) => note !== '');
}

/** Words go to the left of the caret rather than beyond this column. */
const ROOM = 100;
