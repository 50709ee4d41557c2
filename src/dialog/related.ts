// Calls that name other calls: Replaces (RFC 3891), Join (RFC 3911), Target-Dialog (RFC 4538), and the new call that a REFER
// led to, told by Referred-By (RFC 3892) or by being made at once by whoever was asked.

import type { Endpoint } from '../network/endpoint.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import type { RelatedCall } from './call.ts';
import { relate } from './evidence.ts';
import type { OpenCall } from './open-call.ts';

export class RelatedCalls {
  /** The id of an open call by its Call-ID, 0 when there is none. */
  private readonly idOf: (callId: string) => number;
  /** The last REFERs, oldest overwritten first. */
  private readonly refers: Refer[] = [];
  private nextRefer = 0;

  constructor(idOf: (callId: string) => number) {
    this.idOf = idOf;
  }

  referSent(call: OpenCall, m: SipMessage): void {
    const target = m.addresses(REFER_TO)[0];
    if (target === undefined) return;
    this.refers[this.nextRefer] = {
      call,
      id: call.id,
      callId: call.callId,
      target: target.uri.address.toLowerCase(),
      asked: m.dst,
      seconds: m.seconds,
      frame: m.frame,
    };
    this.nextRefer = (this.nextRefer + 1) % MAX_REFERS;
    // RFC 5589 §7.3: attended transfer names the call to be replaced within Refer-To.
    const replaces = target.uri.headers.get('Replaces');
    if (replaces !== undefined) this.name(call, 'replaces', decode(replaces), m.frame);
  }

  /** An INVITE or SUBSCRIBE outside a dialog. */
  requestSent(call: OpenCall, m: SipMessage): void {
    let referredBy = false;
    const { table, headerCount } = m;
    for (let row = 0; row < headerCount; row++) {
      const id = table[row * COLUMNS + COLUMN.id];
      if (id === REPLACES) this.name(call, 'replaces', m.headerValue(row), m.frame);
      else if (id === JOIN) this.name(call, 'join', m.headerValue(row), m.frame);
      else if (id === TARGET_DIALOG) this.name(call, 'target-dialog', m.headerValue(row), m.frame);
      else if (id === REFERRED_BY) referredBy = true;
    }
    if (this.refers.length > 0) this.matchRefer(call, m, referredBy);
  }

  private matchRefer(call: OpenCall, m: SipMessage, referredBy: boolean): void {
    const target = m.uri.address.toLowerCase();
    for (let i = 1; i <= this.refers.length; i++) {
      const refer = this.refers[(this.nextRefer - i + this.refers.length) % this.refers.length];
      if (refer.id === call.id || refer.target !== target) continue;
      if (Math.abs(m.seconds - refer.seconds) > REFER_SECONDS) continue;
      if (!referredBy && refer.asked.ip !== m.src.ip) continue;
      // The call may be over by now, and its object another's.
      if (refer.call.id === refer.id)
        relate(refer.call, { relation: 'referred-call', callId: call.callId, id: call.id, frame: m.frame });
      relate(call, {
        relation: 'referred-by',
        callId: refer.callId,
        id: refer.id,
        frame: refer.frame,
      });
      return;
    }
  }

  /** `callid;to-tag=…;from-tag=…` */
  private name(call: OpenCall, relation: RelatedCall['relation'], value: string, frame: number): void {
    const callId = value.split(';')[0].trim();
    if (callId !== '') relate(call, { relation, callId, id: this.idOf(callId), frame });
  }
}

interface Refer {
  readonly call: OpenCall;
  readonly id: number;
  readonly callId: string;
  /** `user@host` of Refer-To. */
  readonly target: string;
  /** Who was asked to call it. */
  readonly asked: Endpoint;
  readonly seconds: number;
  readonly frame: number;
}

/** Escapes of a URI's headers (RFC 3261 §19.1.1); damaged ones are left as they are. */
function decode(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (octet) =>
    String.fromCharCode(Number.parseInt(octet.slice(1), 16)),
  );
}

const REFER_TO = HEADER['Refer-To'];
const REFERRED_BY = HEADER['Referred-By'];
const REPLACES = HEADER.Replaces;
const JOIN = HEADER.Join;
const TARGET_DIALOG = HEADER['Target-Dialog'];
const MAX_REFERS = 256;
/** RFC 3515 §2.4.4 gives the implicit subscription a short life; 64*T1 is the time an INVITE may take to be seen. */
const REFER_SECONDS = 64;
