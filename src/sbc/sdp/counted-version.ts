// A description that goes on with other lines than it came with: where that alone changed it, the version of o= still has to go
// up (RFC 3264 §8). What the sender counts is kept as far as it is ahead.
import { parseSdp } from '../../sdp/session.ts';
import { type HiddenSession, originNumbers } from './hidden-session.ts';

/** `previous`: what this gave for the description before it. */
export function countedVersion(description: Buffer, previous: HiddenSession | null): HiddenSession {
  const { sessionId, version } = originNumbers(parseSdp(description));
  const asItIs = { octets: description, sessionId, version };
  if (previous === null || sessionId !== previous.sessionId) return asItIs;
  if (withVersion(description, previous.version).equals(previous.octets)) return previous;
  if (version > previous.version) return asItIs;
  const next = previous.version + 1n;
  return { octets: withVersion(description, next), sessionId, version: next };
}

function withVersion(description: Buffer, version: bigint): Buffer {
  return Buffer.from(description.toString('latin1').replace(ORIGIN, `$1${version}`), 'latin1');
}

const ORIGIN = /^(o=\S+ +\S+ +)\S+/m;
