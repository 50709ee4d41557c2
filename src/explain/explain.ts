// A message → its lines with what they mean (RFC 3261 §7, §20; RFC 8866; RFC 8225), secrets masked unless asked for.
import { countWhile } from '../capture/count-while.ts';
import type { Diagnostic } from '../capture/diagnostic.ts';
import { describeSdp } from '../sdp/describe.ts';
import { secretRanges as keyRanges } from '../sdp/secret.ts';
import { parseSdp } from '../sdp/session.ts';
import { HEADER, HEADERS, isCommaList } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { secretRanges } from '../sip/redact.ts';
import { statusClass, statusName } from '../sip/status.ts';
import { splitOutside } from '../sip/text/delimited.ts';
import type { ExplainedLine } from './explained-line.ts';
import { describeHeaderValue } from './header-value.ts';
import { type MessageLine, messageLines } from './message-lines.ts';
import { methodPurpose } from './method-purpose.ts';

export interface ExplainOptions {
  /** Show credentials and keys as they are. */
  readonly secrets: boolean;
}

/** The lines in order. Diagnostics stand at the line they point into; those that point nowhere at the first. */
export function explainMessage(message: SipMessage, { secrets }: ExplainOptions): ExplainedLine[] {
  const lines = messageLines(message);
  const octets = secrets ? message.data.subarray(message.start, message.limit) : maskedOctets(message);
  const sdp = sdpMeanings(message);
  const diagnostics = byLine(lines, message.diagnose());
  return lines.map((line, index) => ({
    kind: line.kind,
    start: line.start,
    end: line.end,
    octets: octets.subarray(line.start, line.end),
    text: octets.toString('utf8', line.start, line.end),
    ...meaning(message, line, sdp),
    encoded: line.row >= 0 && message.headerId(line.row) === HEADER.Identity,
    diagnostics: diagnostics.get(index) ?? [],
  }));
}

/** The first lines as they stand, secrets masked: many times faster. Offsets as in explainMessage. */
export function maskedLines(
  message: SipMessage,
  most: number,
): Pick<ExplainedLine, 'kind' | 'start' | 'end' | 'text'>[] {
  const octets = maskedOctets(message);
  return messageLines(message)
    .slice(0, most)
    .map(({ kind, start, end }) => ({ kind, start, end, text: octets.toString('utf8', start, end) }));
}

function meaning(
  message: SipMessage,
  line: MessageLine,
  sdp: ReadonlyMap<number, string>,
): { purpose: string; decoded: string[] } {
  if (line.kind === 'start-line') return { purpose: startLinePurpose(message), decoded: [] };
  if (line.kind === 'body') {
    const text = sdp.get(line.start);
    return { purpose: '', decoded: text ? [text] : [] };
  }
  if (line.row < 0) return { purpose: '', decoded: [] };
  const id = message.headerId(line.row);
  const { name, purpose, reference } = HEADERS[id]!;
  const value = message.headerValue(line.row);
  const values = isCommaList(id) ? splitOutside(value, ',').map((item) => item.trim()) : [value];
  return {
    purpose: id === 0 ? 'not registered' : `${name}: ${purpose} (${reference})`,
    decoded: values.slice(0, MOST_VALUES).flatMap((item) => describeHeaderValue(id, item)),
  };
}

function startLinePurpose(message: SipMessage): string {
  if (message.isRequest) return methodPurpose(message.method);
  const name = statusName(message.status);
  const registered = name === '' ? 'not registered' : name;
  return `${statusClass(message.status)}: ${registered}`;
}

/** Offsets of the lines of the session description → what they mean. */
function sdpMeanings(message: SipMessage): Map<number, string> {
  const range = message.sdpBody();
  if (range === undefined) return new Map();
  const described = describeSdp(parseSdp(message.data, range.start, range.end));
  return new Map(described.map(({ line, meaning }) => [line.start - message.start, meaning]));
}

function maskedOctets(message: SipMessage): Buffer {
  const octets = Buffer.from(message.data.subarray(message.start, message.limit));
  const range = message.sdpBody();
  const keys = range === undefined ? [] : keyRanges(parseSdp(message.data, range.start, range.end));
  for (const { start, end } of [...secretRanges(message), ...keys]) {
    octets.fill(MASK, start - message.start, end - message.start);
  }
  return octets;
}

function byLine(
  lines: readonly MessageLine[],
  diagnostics: readonly Diagnostic[],
): Map<number, Diagnostic[]> {
  const found = new Map<number, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const at = diagnostic.at ?? 0;
    const index = Math.max(0, countWhile(lines, (line) => line.start <= at) - 1);
    const others = found.get(index);
    if (others === undefined) found.set(index, [diagnostic]);
    else others.push(diagnostic);
  }
  return found;
}

const MASK = '*';
/** Of a header with a long list only the first values are described. */
const MOST_VALUES = 16;
