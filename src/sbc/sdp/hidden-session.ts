// The descriptions of one party that go out hidden, with the version of o= raised by one where the text changed and only
// there (RFC 3264 §8; rules.md §16 Q9). The caller keeps what it gets and hands it in with the next one.
import { im } from '../../sdp/instant-message.ts';
import { parseOrigin } from '../../sdp/origin.ts';
import { parseSdp, type SessionDescription } from '../../sdp/session.ts';
import { keepSlots, repairCollapsedAnswer } from './collapsed-lines.ts';
import { hideInstantMessage } from './hide-instant-message.ts';
import { hideTopology } from './hide-topology.ts';
import { hasMsrp } from './offer-kind.ts';
import type { OwnDescription } from './own-description.ts';

export interface HiddenSession {
  readonly octets: Buffer;
  readonly sessionId: string;
  readonly version: bigint;
}

export interface HidingOptions extends Omit<OwnDescription, 'sessionId' | 'version'> {
  /** Q9: `o=- 0 0`, whatever changes. */
  readonly constantVersion: boolean;
  /** For an answer whose offer was collapsed: the offer as it was received (SBC-46). */
  readonly repairFor?: Buffer;
}

/** Each call gives the description that is to be sent. The session id and first version are those received. */
export function hiddenSession(
  received: Buffer,
  previous: HiddenSession | null,
  options: HidingOptions,
): HiddenSession {
  const sd = parseSdp(received);
  // rules.md §16 Q13: MSRP lines are not rewritten.
  const isMessage = im(sd) && !hasMsrp(received);
  const { repairFor } = options;
  const slots = repairFor !== undefined && parseSdp(repairFor).media.length === sd.media.length;
  const write = (sessionId: string, version: bigint): HiddenSession => {
    const own = { ...options, sessionId, version: String(version) };
    let octets = isMessage ? hideInstantMessage(received, own, slots) : hideTopology(received, own);
    if (repairFor !== undefined) octets = repairCollapsedAnswer(repairFor, octets);
    else if (previous !== null) octets = keepSlots(previous.octets, octets);
    return { octets, sessionId, version };
  };
  if (options.constantVersion) return write('0', 0n);
  if (previous === null) {
    const { sessionId, version } = originNumbers(sd);
    return write(sessionId, version);
  }
  const same = write(previous.sessionId, previous.version);
  return same.octets.equals(previous.octets) ? previous : write(previous.sessionId, previous.version + 1n);
}

/** What o= numbers the session and its description by; 0 where it does not. */
export function originNumbers(sd: SessionDescription): Omit<HiddenSession, 'octets'> {
  const { sessionId, sessionVersion } = parseOrigin(sd.first('o')?.trimEnd() ?? '');
  return { sessionId: digits(sessionId), version: BigInt(digits(sessionVersion)) };
}

/** RFC 3264 §5: below 2^62, so that there is room for what is to come. */
function digits(text: string): string {
  return /^\d{1,18}$/.test(text) ? text : '0';
}
