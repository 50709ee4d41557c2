// Two messages → what differs between them, header by header and SDP line by line: a message before and after a box, or
// any two. Secrets are masked before anything is compared or shown.
import { secretRanges as keyRanges } from '../sdp/secret.ts';
import { parseSdp } from '../sdp/session.ts';
import { HEADERS } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { messageOf } from '../sip/parse.ts';
import { redactMessage } from '../sip/redact.ts';
import { alignLines, type LinePair } from './line-alignment.ts';

export type Change = 'same' | 'changed' | 'added' | 'removed' | 'reordered';

/** One header with all its values, in the order they stand. */
export interface HeaderDifference {
  /** The registry's spelling; as spelled for others. */
  readonly name: string;
  readonly change: Change;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface MessageDifference {
  readonly startLine: {
    readonly change: 'same' | 'changed';
    readonly before: string;
    readonly after: string;
  };
  /** In the order of the first message, then what only the second has. */
  readonly headers: readonly HeaderDifference[];
  /** Lines of the session descriptions; empty when neither message has one. */
  readonly sdp: readonly LinePair[];
  /** What is beside the session descriptions: `same` also when there is nothing. */
  readonly body: 'same' | 'changed' | 'added' | 'removed';
}

export function messageDifference(before: SipMessage, after: SipMessage): MessageDifference {
  const [one, other] = [masked(before), masked(after)];
  const first = startLineOf(one);
  const second = startLineOf(other);
  return {
    startLine: { change: first === second ? 'same' : 'changed', before: first, after: second },
    headers: headerDifferences(one, other),
    sdp: alignLines(sdpLines(one), sdpLines(other)),
    body: bodyChange(one, other),
  };
}

function headerDifferences(before: SipMessage, after: SipMessage): HeaderDifference[] {
  const ours = valuesByName(before);
  const theirs = valuesByName(after);
  const names = [...ours.keys(), ...[...theirs.keys()].filter((name) => !ours.has(name))];
  return names.map((name) => {
    const { spelled } = (ours.get(name) ?? theirs.get(name))!;
    const mine = ours.get(name)?.values ?? [];
    const other = theirs.get(name)?.values ?? [];
    return { name: spelled, change: changeOf(mine, other), before: mine, after: other };
  });
}

function changeOf(before: readonly string[], after: readonly string[]): Change {
  if (before.length === 0) return 'added';
  if (after.length === 0) return 'removed';
  if (sameList(before, after)) return 'same';
  return sameList([...before].sort(), [...after].sort()) ? 'reordered' : 'changed';
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** By name in lower case, compact forms as long ones; list headers cut at their commas (RFC 3261 §7.3.1). */
function valuesByName(message: SipMessage): Map<string, { spelled: string; values: string[] }> {
  const byName = new Map<string, { spelled: string; values: string[] }>();
  for (let row = 0; row < message.headerCount; row++) {
    const id = message.headerId(row);
    const spelled = id === 0 ? message.headerName(row) : HEADERS[id]!.name;
    const key = spelled.toLowerCase();
    const known = byName.get(key);
    if (id !== 0) {
      if (known === undefined) byName.set(key, { spelled, values: message.values(id) });
    } else if (known === undefined) byName.set(key, { spelled, values: [message.headerValue(row)] });
    else known.values.push(message.headerValue(row));
  }
  return byName;
}

function startLineOf(message: SipMessage): string {
  return message.data.toString('utf8', message.start, message.startLineEnd);
}

function sdpLines(message: SipMessage): string[] {
  const body = message.sdpBody();
  if (body === undefined) return [];
  const { allLines } = parseSdp(message.data, body.start, body.end);
  return allLines.map(({ start, valueEnd }) => message.data.toString('utf8', start, valueEnd));
}

function bodyChange(before: SipMessage, after: SipMessage): MessageDifference['body'] {
  const [one, other] = [besideSdp(before), besideSdp(after)];
  if (one.equals(other)) return 'same';
  if (one.length === 0) return 'added';
  return other.length === 0 ? 'removed' : 'changed';
}

function besideSdp(message: SipMessage): Buffer {
  const sdp = message.sdpBody();
  if (sdp === undefined) return message.body;
  return Buffer.concat([
    message.data.subarray(message.bodyStart, sdp.start),
    message.data.subarray(sdp.end, message.bodyEnd),
  ]);
}

/** The same message with its secrets overwritten, so that all offsets stay. */
function masked(message: SipMessage): SipMessage {
  const copy = messageOf(redactMessage(message)) ?? message;
  const body = copy.sdpBody();
  if (body === undefined) return copy;
  const { data } = copy;
  for (const { start, end } of keyRanges(parseSdp(data, body.start, body.end))) data.fill('*', start, end);
  return copy;
}
