// What a call said of its media where it is hidden, as a part of its record: the next offer keeps its lines and counts its
// version on (RFC 3264 §8), also after a restart.
import { text } from '../flow-record.ts';
import type { HiddenSession } from '../sdp/hidden-session.ts';
import { CallMedia } from './call-media.ts';

/** As JSON; descriptions as the octets that they are, one a character. */
export function mediaRecord({ kind, received, sent, lines }: CallMedia): Readonly<Record<string, unknown>> {
  const bySide = <T>(of: (side: 'caller' | 'callee') => T): Readonly<Record<string, T>> => ({
    caller: of('caller'),
    callee: of('callee'),
  });
  return {
    kind,
    received: bySide((side) => octetsText(received[side])),
    sent: bySide((side) => sessionRecord(sent[side])),
    lines: bySide((side) => octetsText(lines.known[side])),
  };
}

/** What is missing or of another version is not known. */
export function mediaFrom(value: unknown): CallMedia {
  const media = new CallMedia();
  const record = fields(value);
  if (record.kind === 'im' || record.kind === 'other') media.kind = record.kind;
  const [received, sent, lines] = [fields(record.received), fields(record.sent), fields(record.lines)];
  for (const side of ['caller', 'callee'] as const) {
    media.received[side] = octetsFrom(received[side]);
    media.sent[side] = sessionFrom(sent[side]);
    media.lines.known[side] = octetsFrom(lines[side]);
  }
  return media;
}

function sessionRecord(session: HiddenSession | null): Readonly<Record<string, string>> | null {
  if (session === null) return null;
  const { octets, sessionId, version } = session;
  return { octets: octets.toString('latin1'), sessionId, version: String(version) };
}

function sessionFrom(value: unknown): HiddenSession | null {
  const { octets, sessionId, version } = fields(value);
  if (octets === undefined || !/^\d{1,19}$/.test(text(version))) return null;
  return {
    octets: Buffer.from(text(octets), 'latin1'),
    sessionId: text(sessionId),
    version: BigInt(text(version)),
  };
}

function octetsText(octets: Buffer | null): string | null {
  return octets === null ? null : octets.toString('latin1');
}

function octetsFrom(value: unknown): Buffer | null {
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : null;
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
