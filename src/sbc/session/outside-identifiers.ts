// Call-ID and From tag of a request outside a dialog on the side it goes to (rules.md SBC-47): as received with passthrough, else
// the SBC's own, and the same again when the request comes again with credentials.
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Draft } from '../message/draft.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import type { Treatment } from './treatment.ts';

export class OutsideIdentifiers {
  readonly callId: string;
  readonly fromTag: string;
  readonly key: string;
  private readonly parts: Parts;
  private readonly own: boolean;

  constructor(
    parts: Parts,
    request: SipMessage,
    treatment: Pick<Treatment, 'identifiers' | 'inbound' | 'outbound'>,
  ) {
    const { callId, fromTag } = request;
    this.parts = parts;
    this.own = !treatment.identifiers;
    this.key = this.own ? `${treatment.inbound.name}\n${callId}\n${fromTag}` : '';
    const known = this.own ? parts.memory.recall(this.key, parts.outbox.now) : { callId, fromTag };
    const adjacency = treatment.outbound.name;
    this.callId = known?.callId ?? parts.identifiers.next({ kind: 'call-id', cause: request, adjacency });
    this.fromTag = known?.fromTag ?? parts.identifiers.next({ kind: 'tag', cause: request, adjacency });
  }

  put(draft: Draft): void {
    if (!this.own) return;
    draft.set(HEADER['Call-ID'], this.callId);
    draft.set(HEADER.From, withTag(draft.value(HEADER.From) ?? '', this.fromTag));
  }

  /** A response after which the same request is to come again, changed. */
  comesAgain(status: number): void {
    if (this.own && COMES_AGAIN.has(status)) this.rememberFor(AGAIN);
  }

  /** Milliseconds. */
  rememberFor(time: number): void {
    if (this.own) this.parts.memory.remember(this, this.parts.outbox.now + time);
  }
}

/** Someone may have to type a password. */
const AGAIN = 120_000;
/** RFC 3261 §22.2, §8.1.3.5, RFC 4028 §7.4. */
const COMES_AGAIN: ReadonlySet<number> = new Set([401, 407, 413, 415, 416, 420, 422, 423]);
