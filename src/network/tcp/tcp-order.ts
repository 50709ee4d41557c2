// Segments of one direction, as captured → its octets in order, for a consumer. Rules: RFC 9293 §3.4 (sequence numbers),
// §3.10.7.4 (what to do with segments that arrive). Octets seen first win over others for the same sequence number.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import { OUTCOME, type Outcome, type OutcomeLedger } from '../outcome.ts';
import type { TcpDelivery } from './tcp-delivery.ts';
import { KIND, type TcpHalf } from './tcp-flow.ts';
import { type HeldPiece, HeldPieces, SETTLED } from './tcp-hold.ts';
import type { TcpLimits, TcpOptions } from './tcp-options.ts';
import { AGAIN, OctetHistory, packetMark, RecentSegments } from './tcp-recent.ts';
import type { TcpSegment } from './tcp-segment.ts';
import { START, startLineAt } from './tcp-start-line.ts';
import { WaitingLine } from './tcp-waiting-line.ts';

export class TcpOrder {
  /** Segments seen so far. */
  private segments = 0;
  /** Octets held in all directions. */
  private heldInAll = 0;
  /** Directions that hold segments, the longest waiting first. */
  private readonly waiting = new WaitingLine<TcpHalf>();
  private readonly history = new OctetHistory(HISTORY);
  private readonly delivery: TcpDelivery;
  private readonly ledger: OutcomeLedger;
  private readonly onDiagnostic: DiagnosticSink;
  private readonly limits: TcpLimits;

  constructor(options: TcpOptions, limits: TcpLimits, delivery: TcpDelivery) {
    this.ledger = options.ledger;
    this.onDiagnostic = options.onDiagnostic;
    this.limits = limits;
    this.delivery = delivery;
  }

  /** A segment with octets, of a direction that is not known to be something else than SIP. */
  octets(half: TcpHalf, segment: TcpSegment): void {
    if (half.kind === KIND.fresh) {
      half.kind = half.synSeen ? KIND.ordered : KIND.searching;
    } else if (half.kind === KIND.closed) {
      const ahead = (segment.seq - half.next) | 0;
      if (ahead >= 0 || ahead < -FAR) this.rejoin(half);
    }
    if (half.kind === KIND.searching) this.search(half, segment);
    else if (half.kind === KIND.ordered || half.kind === KIND.closed) this.sequence(half, segment);
    else this.settle(segment, half.kind === KIND.tls ? OUTCOME['tls-no-keys'] : OUTCOME['not-sip']);
  }

  /** The other side has acknowledged more, or time has passed: what is missing may be declared lost. */
  review(half: TcpHalf, seconds: number, nanoseconds: number): void {
    const { limits } = this;
    while (half.held !== null && half.held.pieces.length > 0) {
      const { pieces, octets } = half.held;
      const { packet, seq } = pieces[0];
      const waited = Math.abs(seconds - packet.seconds + (nanoseconds - packet.nanoseconds) / 1e9);
      const passed = this.segments - packet.segments;
      let patience = half.hasAcknowledgment ? limits.unacknowledgedSeconds : limits.oneSidedSeconds;
      // Octets that the other side has got will not be sent again: the capture shows them within moments, or never.
      if (half.hasAcknowledgment && ((half.acknowledged - seq) | 0) >= 0) {
        patience =
          pieces.length >= PASSED_HERE ? -1 : passed >= PASSED ? limits.acknowledgedSeconds : LONG_ENOUGH;
      }
      if (waited <= patience && pieces.length <= limits.heldSegments && octets <= limits.heldOctets) return;
      this.skip(half);
    }
  }

  reviewAll(seconds: number): void {
    this.reviewLine(seconds, 0, Number.POSITIVE_INFINITY);
  }

  /** With every segment: only of the directions that have waited longest. */
  reviewOldest(seconds: number, nanoseconds: number): void {
    this.segments++;
    if (this.waiting.first !== null) this.reviewLine(seconds, nanoseconds, FEW);
  }

  private reviewLine(seconds: number, nanoseconds: number, most: number): void {
    let half = this.waiting.first;
    for (let count = 0; half !== null && count < most; count++) {
      const { behind }: TcpHalf = half;
      this.review(half, seconds, nanoseconds);
      half = behind;
    }
  }

  /** Octets of which none was captured. */
  lost(half: TcpHalf, seq: number, missing: number): void {
    if (half.kind !== KIND.ordered || seq !== half.next) return;
    half.next = (half.next + missing) | 0;
    if (half.consumer === null) half.kind = KIND.searching;
    else half.consumer.gap(missing);
  }

  /** Hands on all that is held, gaps or not, and closes the direction. */
  finish(half: TcpHalf): void {
    while (half.held !== null && half.held.pieces.length > 0) this.skip(half);
    half.consumer?.end();
    half.consumer = null;
    half.held = null;
    if (half.kind === KIND.ordered) half.kind = KIND.closed;
  }

  private rejoin(half: TcpHalf): void {
    half.kind = KIND.searching;
    half.synSeen = half.finSeen = half.hasAcknowledgment = false;
    half.searched = half.strays = half.refusals = 0;
  }

  private sequence(half: TcpHalf, segment: TcpSegment): void {
    const ahead = (segment.seq - half.next) | 0;
    const length = segment.to - segment.from;
    if (ahead > FAR || ahead < -FAR) {
      this.stray(half, segment);
      return;
    }
    half.strays = 0;
    if (ahead < 0) {
      this.seenBefore(half, segment, -ahead);
      return;
    }
    const mark = packetMark(segment.ipId, segment.checksum, segment.acknowledgment);
    if (ahead > 0 || (half.held !== null && half.held.pieces.length > 0)) {
      this.hold(half, segment, mark);
      return;
    }
    half.next = (half.next + length + segment.missing) | 0;
    // What lies 2 GiB back cannot be told from what lies ahead.
    if (((half.next - half.first) | 0) < 0) half.first = (half.next - FAR) | 0;
    this.delivery.fill(segment.data, segment.from, segment.to, segment.missing, segment);
    if (!this.delivery.handOn(half, false)) return;
    this.note(half, segment, mark);
    if (segment.missing > 0) half.consumer?.gap(segment.missing);
  }

  /** A direction joined in its middle begins where a start line is. */
  private search(half: TcpHalf, segment: TcpSegment): void {
    const { seq, data, from, to, missing } = segment;
    this.delivery.fill(data, from, to, missing, segment);
    if (!this.delivery.search(half, seq, false)) return;
    half.next = (seq + (to - from) + missing) | 0;
    this.note(half, segment, packetMark(segment.ipId, segment.checksum, segment.acknowledgment));
    if (missing > 0) half.consumer?.gap(missing);
  }

  private note(half: TcpHalf, segment: TcpSegment, mark: number): void {
    half.recent ??= new RecentSegments(this.history);
    half.recent.note(segment, mark);
  }

  /** Octets before the one expected: a keep-alive, octets seen before, perhaps with new ones behind them. */
  private seenBefore(half: TcpHalf, segment: TcpSegment, behind: number): void {
    const length = segment.to - segment.from;
    // RFC 9293 §3.8.4: a keep-alive has the sequence number before the next, and no octet or one of no meaning.
    if (behind === 1 && length === 1 && half.recent?.has(segment.seq, 1) !== true) {
      this.settle(segment, OUTCOME['tcp-keepalive']);
      return;
    }
    if (((segment.seq - half.first) | 0) < 0) {
      this.settle(segment, OUTCOME['tcp-gap']);
      return;
    }
    const mark = packetMark(segment.ipId, segment.checksum, segment.acknowledgment);
    const again = this.again(half, segment, mark);
    if (length <= behind) {
      this.settle(segment, again);
      return;
    }
    segment.seq = half.next;
    segment.from += behind;
    this.octets(half, segment);
  }

  private again(half: TcpHalf, segment: TcpSegment, mark: number): Outcome {
    const { recent } = half;
    if (recent === null) return OUTCOME['tcp-retransmission'];
    const again = recent.seenAgain(segment, mark);
    if (again === AGAIN.differs) this.differs(recent.original, segment.frame);
    if (again !== AGAIN.duplicate) return OUTCOME['tcp-retransmission'];
    return half.flow.conversation.sip ? OUTCOME['sip-duplicate'] : OUTCOME.duplicate;
  }

  private hold(half: TcpHalf, segment: TcpSegment, mark: number): void {
    half.held ??= new HeldPieces();
    const { held } = half;
    const { seq, from, to, frame, frames, seconds, nanoseconds, missing } = segment;
    const piece: HeldPiece = {
      seq,
      length: to - from,
      data: Buffer.from(segment.data.subarray(from, to)),
      from: 0,
      missing,
      more: false,
      packet: { frame, frames, seconds, nanoseconds, segments: this.segments, owner: null },
    };
    const before = held.octets;
    const added = held.insert(half.next, piece);
    if (held.differs !== 0) this.differs(held.differs, frame);
    if (!added) {
      this.settle(segment, this.again(half, segment, mark));
      return;
    }
    this.note(half, segment, mark);
    this.heldInAll += held.octets - before;
    if (!half.inLine) this.waiting.join(half);
    this.drain(half);
    this.review(half, seconds, nanoseconds);
    if (this.heldInAll > this.limits.heldInAll) this.makeRoom();
  }

  private makeRoom(): void {
    for (let half = this.waiting.first; half !== null; half = this.waiting.first) {
      this.onDiagnostic({
        code: 'tcp/held-too-much',
        severity: 'warning',
        message: 'Too many octets wait for missing segments: the stream waiting longest goes on without them',
        frames: [half.held!.pieces[0].packet.frame],
      });
      while (half.held !== null && half.held.pieces.length > 0) this.skip(half);
      if (this.heldInAll <= this.limits.heldInAll) return;
    }
  }

  /** Goes on with the first held piece although octets before it are missing. */
  private skip(half: TcpHalf): void {
    const piece = half.held!.pieces[0];
    const lost = (piece.seq - half.next) | 0;
    if (half.consumer === null) {
      half.kind = KIND.searching;
      half.synSeen = false;
    } else if (lost > 0) {
      this.onDiagnostic({
        code: 'tcp/gap',
        severity: 'warning',
        message: `${lost} octets of a TCP stream are missing before this packet`,
        frames: [piece.packet.frame],
      });
      half.consumer.gap(lost);
    }
    half.next = piece.seq;
    this.drain(half);
  }

  /** Hands on what is held for as long as it is next. */
  private drain(half: TcpHalf): void {
    const { held } = half;
    if (held === null) return;
    while (held.pieces.length > 0) {
      // A stream that is none of SIP, or not yet, has no order to wait for.
      if (half.kind === KIND.ordered && ((held.pieces[0].seq - half.next) | 0) > 0) return;
      const piece = held.shift();
      this.heldInAll -= piece.length;
      half.next = (piece.seq + piece.length) | 0;
      this.handOnPiece(half, piece);
      const { consumer } = half;
      if (piece.missing === 0 || consumer === null) continue;
      const room = held.pieces.length > 0 ? (held.pieces[0].seq - half.next) | 0 : piece.missing;
      const missing = Math.min(piece.missing, room);
      if (missing > 0) consumer.gap(missing);
      half.next = (half.next + missing) | 0;
    }
    this.waiting.leave(half);
  }

  private handOnPiece(half: TcpHalf, piece: HeldPiece): void {
    const { packet } = piece;
    if (packet.owner !== null && packet.owner !== half.consumer) {
      // An earlier piece of the packet has settled it: this one is lost.
      half.consumer?.gap(piece.length);
      return;
    }
    this.delivery.fill(piece.data, piece.from, piece.from + piece.length, piece.missing, packet);
    if (half.kind === KIND.searching) this.delivery.search(half, piece.seq, piece.more);
    else this.delivery.handOn(half, piece.more);
    packet.owner = half.consumer ?? SETTLED;
  }

  /** Far off what is expected: another connection on the same ports, or damage. */
  private stray(half: TcpHalf, segment: TcpSegment): void {
    half.strays++;
    if (half.strays < STRAYS && startLineAt(segment.data, segment.from, segment.to) !== START.yes) {
      this.settle(segment, OUTCOME['tcp-gap']);
      return;
    }
    this.finish(half);
    this.rejoin(half);
    this.search(half, segment);
  }

  private differs(first: number, second: number): void {
    this.onDiagnostic({
      code: 'tcp/overlap-differs',
      severity: 'warning',
      message: 'TCP segments overlap with different octets: those captured first are taken',
      frames: first < second ? [first, second] : [second, first],
    });
  }

  private settle(segment: TcpSegment, outcome: Outcome): void {
    this.ledger.settleAll(segment.frame, segment.frames, outcome);
  }
}

/** Further from the octet expected than any receive window that SIP needs. */
const FAR = 4 << 20;
/** Segments held behind a hole, and segments of any stream, that show that what is missing was not captured. */
const PASSED_HERE = 4;
const PASSED = 8;
/** Seconds after which it need not be shown. */
const LONG_ENOUGH = 1;
const STRAYS = 3;
const FEW = 4;
/** Octets of SIP segments remembered. */
const HISTORY = 1 << 20;
