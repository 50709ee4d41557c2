// Kinds of session descriptions as numbers: those of one kind differ in the port alone, and have the address that their message
// came from. Whoever reads messages in another thread notes them, so that who makes calls takes each kind apart once.
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { octetText, sameOctets } from '../kept/octets.ts';
import { isSdpType, isSendersAddress, LINES, locateLines } from './session-lines.ts';
import { gather, isTold, told } from './session-telling.ts';

export class SessionKinds {
  private readonly kinds: { readonly kind: number; readonly media: string; readonly telling: Uint8Array }[] =
    [];
  private last: number;
  private readonly most: number;

  /** Numbers begin above `before` (see reserveKinds), and are no more than KINDS_IN_ALL. */
  constructor(before: number) {
    this.last = before;
    this.most = before + KINDS_IN_ALL;
  }

  /** Notes the kind of a message's session description, 0 where it is none of the common ones, and its port. */
  note(m: SipMessage): void {
    m.sessionKind = m.bodyEnd <= m.bodyStart ? 0 : this.kindOf(m);
    m.sessionPort = m.sessionKind === 0 ? 0 : LINES.port;
  }

  private kindOf(m: SipMessage): number {
    const { data, bodyStart, bodyEnd } = m;
    const row = m.find(CONTENT_TYPE);
    if (row < 0 || !isSdpType(m, row)) return 0;
    if (!locateLines(data, bodyStart, bodyEnd) || !isSendersAddress(m)) return 0;
    const { media, mediaEnd, rest } = LINES;
    const length = gather(data, bodyEnd, media, mediaEnd, rest);
    if (length < 0) return 0;
    const { kinds } = this;
    for (let i = 0; i < kinds.length; i++) {
      const one = kinds[i];
      if (isTold(one.telling, length) && sameOctets(data, media, mediaEnd, one.media)) return one.kind;
    }
    if (this.last === this.most) return 0;
    const kind = ++this.last;
    // The oldest is overwritten first: only the last so many are ever used.
    kinds[(kind - 1) % MOST_KINDS] = { kind, media: octetText(data, media, mediaEnd), telling: told(length) };
    return kind;
  }
}

/** What the numbers of another reader begin above: who makes calls takes none of them for another's. */
export function reserveKinds(): number {
  const before = reserved;
  reserved += KINDS_IN_ALL;
  return before;
}

let reserved = 0;
/** A reader's kinds, one after the other. */
const KINDS_IN_ALL = 1 << 16;
/** Of them so many are remembered. */
export const MOST_KINDS = 32;
const CONTENT_TYPE = HEADER['Content-Type'];
