// Two messages → the fields in which they differ, values that carry secrets masked when they are shown, not when they are compared.
import { secretRanges } from '../sdp/secret.ts';
import { parseSdp } from '../sdp/session.ts';
import type { SipMessage } from '../sip/message.ts';
import { messageOf } from '../sip/parse.ts';
import { redactMessage } from '../sip/redact.ts';
import { alignment } from './alignment.ts';
import { bodyFields, type Field, type Fields, messageFields } from './message-fields.ts';
import { type SdpFields, sdpFields } from './sdp-fields.ts';

export interface FieldChange {
  /** `Via`, `Request-URI`, `SDP audio a=rtpmap`, `body text/plain`. */
  readonly name: string;
  /** `gone` and `added`: only one of the messages has the field. */
  readonly change: 'changed' | 'gone' | 'added' | 'reordered';
  /** The values that differ; of `reordered` all of them. Bodies are only counted: `12 octets`. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The values differ in secrets, which are not shown. */
  readonly secret: boolean;
}

export interface Comparison {
  /** Without what is new with every call. */
  readonly masked: boolean;
  /** Names of headers that are left out, in lower case, compact forms as long ones. */
  readonly ignored: ReadonlySet<string>;
}

/** In the order of the first message, then what only the second has; headers before session description before other bodies. */
export function fieldChanges(before: SipMessage, after: SipMessage, how: Comparison): FieldChange[] {
  if (before.bytes().equals(after.bytes())) return [];
  const [one, other] = [wholeOf(before, how), wholeOf(after, how)];
  if (before.truncated || after.truncated) cutShort(one, other, before, after);
  const found = differing(one, other);
  // Few messages have secrets, and few of those differ in them.
  return found.length === 0
    ? []
    : differing(one, other, wholeOf(redacted(before), how), wholeOf(redacted(after), how));
}

interface Whole {
  fields: Fields;
  sdp: SdpFields[];
  bodies: Fields;
}

function wholeOf(message: SipMessage, { masked, ignored }: Comparison): Whole {
  const fields = messageFields(message, masked);
  for (const name of ignored) fields.delete(name);
  return { fields, sdp: sdpFields(message, masked), bodies: bodyFields(message) };
}

/** Of a message that the capture cut, only what stands whole in both is compared. */
function cutShort(one: Whole, other: Whole, before: SipMessage, after: SipMessage): void {
  for (const whole of [one, other]) {
    whole.sdp = [];
    whole.bodies.clear();
    for (const key of [...whole.fields.keys()])
      if (!one.fields.has(key) || !other.fields.has(key)) whole.fields.delete(key);
  }
  for (const message of [before, after]) {
    const last = message.truncated ? message.headerName(message.headerCount - 1).toLowerCase() : '';
    one.fields.delete(last);
    other.fields.delete(last);
  }
}

/** `shown`, `shownOther`: the same messages without their secrets. */
function differing(one: Whole, other: Whole, shown = one, shownOther = other): FieldChange[] {
  return [
    ...fieldsChanged(one.fields, other.fields, shown.fields, shownOther.fields),
    ...sdpChanged(one.sdp, other.sdp, shown.sdp, shownOther.sdp),
    ...fieldsChanged(one.bodies, other.bodies, shown.bodies, shownOther.bodies).map(countedOnly),
  ];
}

function fieldsChanged(one: Fields, other: Fields, shown: Fields, shownOther: Fields): FieldChange[] {
  const keys = [...one.keys(), ...[...other.keys()].filter((key) => !one.has(key))];
  return keys.flatMap((key) => {
    const change = fieldChange(one.get(key), other.get(key), shown.get(key), shownOther.get(key));
    return change === null ? [] : [change];
  });
}

function fieldChange(
  one: Field | undefined,
  other: Field | undefined,
  shown: Field | undefined,
  shownOther: Field | undefined,
): FieldChange | null {
  const { name } = (one ?? other)!;
  const [mine, theirs] = [one?.values ?? [], other?.values ?? []];
  if (isSame(mine, theirs)) return null;
  const isReordered = isSame([...mine].sort(), [...theirs].sort());
  const common = isReordered ? [] : alignment(mine, theirs, (i, j) => (mine[i] === theirs[j] ? 1 : 0), MOST);
  const kept = [new Set(common.map(([i]) => i)), new Set(common.map(([, j]) => j))] as const;
  const before = (shown?.values ?? []).filter((_, index) => !kept[0].has(index));
  const after = (shownOther?.values ?? []).filter((_, index) => !kept[1].has(index));
  const change =
    mine.length === 0 ? 'added' : theirs.length === 0 ? 'gone' : isReordered ? 'reordered' : 'changed';
  return { name, change, before, after, secret: isSame(before, after) };
}

function sdpChanged(
  one: readonly SdpFields[],
  other: readonly SdpFields[],
  shown: readonly SdpFields[],
  shownOther: readonly SdpFields[],
): FieldChange[] {
  if (one.length === 0 || other.length === 0) {
    if (one.length === other.length) return [];
    return [
      {
        name: 'SDP',
        change: one.length > 0 ? 'gone' : 'added',
        before: mediaOf(one),
        after: mediaOf(other),
        secret: false,
      },
    ];
  }
  const changes: FieldChange[] = [];
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [mine, theirs] = [one[index], other[index]];
    if (mine !== undefined && theirs !== undefined)
      changes.push(
        ...fieldsChanged(mine.fields, theirs.fields, fieldsAt(shown, index), fieldsAt(shownOther, index)),
      );
    else if (mine !== undefined)
      changes.push({ name: mine.name, change: 'gone', before: [mine.media], after: [], secret: false });
    else
      changes.push({
        name: theirs!.name,
        change: 'added',
        before: [],
        after: [theirs!.media],
        secret: false,
      });
  }
  return changes;
}

/** None where a masked octet was one of those that hold the body together. */
function fieldsAt(sections: readonly SdpFields[], index: number): Fields {
  return sections[index]?.fields ?? new Map();
}

function mediaOf(sections: readonly SdpFields[]): string[] {
  return sections.slice(1).map(({ media }) => media);
}

function countedOnly(change: FieldChange): FieldChange {
  const count = (values: readonly string[]): string[] => values.map(({ length }) => `${length} octets`);
  return { ...change, before: count(change.before), after: count(change.after), secret: false };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** The same message with its secrets overwritten, so that all offsets stay. */
function redacted(message: SipMessage): SipMessage {
  const copy = messageOf(redactMessage(message)) ?? message;
  const body = copy.sdpBody();
  if (body === undefined) return copy;
  const { data } = copy;
  for (const { start, end } of secretRanges(parseSdp(data, body.start, body.end))) data.fill('*', start, end);
  return copy;
}

/** Of longer lists values are paired as they come. */
const MOST = 10_000;
