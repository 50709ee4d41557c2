// A call as the SBC holds it: two dialogs, one with each user agent, joined (RFC 7092 §3.1.3: a signalling B2BUA).
import type { CallMedia } from '../session/call-media.ts';
import type { Treatment } from '../session/treatment.ts';
import type { DialogSide } from './dialog-side.ts';
import { SIDES, type SideName } from './side-name.ts';

export class Dialog {
  readonly caller: DialogSide;
  readonly callee: DialogSide;
  readonly treatment: Treatment;
  readonly media: CallMedia;
  /** An INVITE made it, and no BYE has ended it (RFC 5057 §4.1: the session usage). */
  session: boolean;
  /** A 2xx made it a whole one (RFC 3261 §12.1). */
  confirmed = false;
  /** Subscriptions in it, of either side: `Event;id` → timer of their end (RFC 6665 §4.5.1). */
  readonly subscriptions = new Map<string, number>();
  /** INVITEs that wait for a final response, by the side they came from. */
  readonly inviting = { caller: 0, callee: 0 };
  /** It is given up when this fires: nothing was heard for too long, or its session timer ran out. */
  timer = 0;
  /** Milliseconds of that timer. */
  silence = 0;
  /** When something came of it last. */
  heard = 0;
  /** The last ACK to a 2xx, by the side it came from. */
  readonly acks: Record<SideName, PassedAck | null> = { caller: null, callee: null };
  /** An ACK for its 2xx came. */
  acknowledged = false;
  /** CSeq number of the last INVITE that a 2xx was passed on to, by the side it came from; -1 for none. */
  readonly accepted: Record<SideName, number> = { caller: -1, callee: -1 };
  over = false;
  /** Called once it is. */
  onOver: (() => void) | null = null;

  constructor(
    caller: DialogSide,
    callee: DialogSide,
    treatment: Treatment,
    media: CallMedia,
    session: boolean,
  ) {
    this.caller = caller;
    this.callee = callee;
    this.treatment = treatment;
    this.media = media;
    this.session = session;
  }

  side(name: SideName): DialogSide {
    return name === 'caller' ? this.caller : this.callee;
  }

  /** The ACK to a 2xx may be on its way: a BYE can overtake it. */
  get awaitsAck(): boolean {
    const { accepted, acks } = this;
    return SIDES.some((from) => accepted[from] >= 0 && acks[from]?.number !== accepted[from]);
  }

  /** Branch of the ACK that the 2xx to an INVITE got from who sent it; '' where it got none, since one to a later INVITE is another. */
  passedAck(from: SideName, invite: number): string {
    const ack = this.acks[from];
    return ack?.number === invite ? ack.sent : '';
  }
}

export interface PassedAck {
  /** Branch it came with, and the one it went with. */
  readonly received: string;
  readonly sent: string;
  /** Of CSeq. */
  readonly number: number;
}
