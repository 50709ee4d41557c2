// The 2xx to an INVITE that was passed on, by the tag of who gave it: one that comes again (RFC 3261 §13.3.1.4) goes again
// octet by octet, whatever has come of the call since.
import type { SipMessage } from '../../sip/message.ts';

export class PassedAnswers {
  private readonly byTag = new Map<string, { readonly received: Buffer; readonly sent: Buffer }>();

  /** What it was passed on as; undefined when it is new. */
  again(message: SipMessage): Buffer | undefined {
    const last = message.status < 200 ? undefined : this.byTag.get(message.toTag);
    return last?.received.equals(message.bytes()) ? last.sent : undefined;
  }

  /** As many as there are forks at most. */
  keep(message: SipMessage, sent: Buffer): void {
    const { status } = message;
    if (status < 200 || status > 299) return;
    if (this.byTag.size >= MOST) this.byTag.clear();
    this.byTag.set(message.toTag, { received: message.bytes(), sent });
  }
}

const MOST = 64;
