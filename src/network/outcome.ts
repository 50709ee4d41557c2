// What became of each packet. Every packet settles into exactly one outcome; the counts sum to the packets read.

/** All outcomes, in the order they are reported. The name is the stable identifier. */
export const OUTCOMES = [
  'sip', // carries octets of at least one SIP message
  'sip-duplicate', // the capture shows the same SIP packet twice (mirrored port, `any` interface, HEP)
  'sip-keepalive', // CRLF keep-alive or its pong on a SIP flow (RFC 5626 §3.5.1)
  'sip-malformed', // looked like SIP, but no message could be made of it
  'sip-quoted', // an ICMP error that quotes a SIP packet
  'rtp',
  'rtcp',
  'stun',
  'web-socket', // the opening handshake of a WebSocket, or its control frames (RFC 6455 §4, §5.5)
  'not-sip', // a payload of UDP, TCP, SCTP or another that is something else
  'empty', // a transport packet with no payload (TCP control segments, empty datagrams)
  'tcp-retransmission', // TCP octets, or user data of SCTP, that were sent before
  'tcp-keepalive', // RFC 9293 §3.8.4
  'tcp-gap', // TCP octets that could not be put in order: a segment is missing
  'fragment-missing', // fragments of a datagram, or of a message over SCTP, that never became whole
  'duplicate', // a duplicate made by the capture, of a packet that is not SIP
  'tls-no-keys', // TLS that cannot be decrypted
  'tls', // handshakes and the like of TLS that is decrypted
  'esp', // encrypted, or not known to be null-encrypted
  'icmp',
  'sctp', // SCTP that carries no user data: it is about the association
  'other-transport', // IP, but none of the transports above
  'not-ip', // ARP, STP, LLDP …
  'truncated', // cut by the snap length before it could be told
  'malformed', // a header says what cannot be
  'link-type-unknown', // the link layer is none that is read
] as const;

export type OutcomeName = (typeof OUTCOMES)[number];

export type OutcomeListener = (frame: number, outcome: Outcome) => void;

/** Index into OUTCOMES. */
export type Outcome = number;

/** `Outcome.sip` … by name: `OUTCOME['tcp-gap']`. */
export const OUTCOME: Readonly<Record<OutcomeName, Outcome>> = Object.fromEntries(
  OUTCOMES.map((name, index) => [name, index]),
) as Record<OutcomeName, Outcome>;

/** What a packet is that the capture shows once more, by what it was at first. */
export function mirroredOutcome(outcome: Outcome): Outcome {
  const isSip = outcome === OUTCOME.sip || outcome === OUTCOME['sip-duplicate'];
  return OUTCOME[isSip ? 'sip-duplicate' : 'duplicate'];
}

/**
 * Counts packets into outcomes. A packet whose fate is still open (a fragment, a TCP segment whose stream is undecided)
 * is settled later by whoever holds it; `read - settled` packets are open at any time, and none after the end.
 */
export class OutcomeLedger {
  readonly counts = new Float64Array(OUTCOMES.length);
  read = 0;
  settled = 0;

  private readonly listener: OutcomeListener | null;
  private readonly parts = new Map<number, Parts>();

  constructor(listener: OutcomeListener | null = null) {
    this.listener = listener;
  }

  settle(frame: number, outcome: Outcome): void {
    if (this.parts.size > 0 && this.isOpen(frame, outcome)) return;
    this.record(frame, outcome);
  }

  /** Settles a packet, or all of the fragments `frames` that it was joined from: they share its fate. */
  settleAll(frame: number, frames: readonly number[] | null, outcome: Outcome): void {
    if (frames === null) this.settle(frame, outcome);
    else for (const each of frames) this.settle(each, outcome);
  }

  /** The outcomes that occurred with their counts, in their own order; they sum to the packets settled. */
  occurred(): [OutcomeName, number][] {
    return OUTCOMES.map((name, index): [OutcomeName, number] => [name, this.counts[index]]).filter(
      ([, count]) => count > 0,
    );
  }

  /** `frame` carries several packets, each of which will settle: the outcome named first in OUTCOMES is the frame's. */
  split(frame: number, count: number): void {
    if (count > 1) this.parts.set(frame, { open: count, best: OUTCOMES.length });
  }

  /** `frame` will settle once more than it would have: the outcome named first in OUTCOMES is the frame's. */
  expectOneMore(frame: number): void {
    const parts = this.parts.get(frame);
    if (parts === undefined) this.split(frame, 2);
    else parts.open++;
  }

  private record(frame: number, outcome: Outcome): void {
    this.counts[outcome]++;
    this.settled++;
    if (this.listener !== null) this.listener(frame, outcome);
  }

  private isOpen(frame: number, outcome: Outcome): boolean {
    const parts = this.parts.get(frame);
    if (parts === undefined) return false;
    parts.best = Math.min(parts.best, outcome);
    if (--parts.open > 0) return true;
    this.parts.delete(frame);
    this.settle(frame, parts.best);
    return true;
  }
}

interface Parts {
  open: number;
  best: Outcome;
}
