// What has to be true of each message that the core sends, whatever happens.

import { DEFAULT_DECISIONS } from '../../../src/policy/decisions.ts';
import type { SendCommand } from '../../../src/sbc/command.ts';
import { offerKind } from '../../../src/sbc/sdp/offer-kind.ts';
import { sessionBody } from '../../../src/sbc/sdp/session-body.ts';
import { HEADER } from '../../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { inShort } from './read.ts';
import type { World } from './world.ts';

export interface Secret {
  /** Local address of the SBC on the side that must not see it. */
  readonly side: string;
  readonly text: string;
  /** Addresses of media stay in descriptions of calls that are no IM (the SBC relays no media). */
  readonly mayBeInBody: boolean;
}

export class Invariants {
  readonly secrets: Secret[] = [];
  private readonly world: World;
  private readonly numbers = new Map<string, { number: number; cause: SipMessage | null }>();
  private readonly branches = new Map<string, string>();

  constructor(world: World) {
    this.world = world;
  }

  /** The core was started again: what it had under way it does not know. */
  forget(): void {
    this.numbers.clear();
  }

  check(command: SendCommand): SipMessage | null {
    const message = messageOf(command.octets);
    if (message === null) {
      this.world.violated('what the core sends is no SIP');
      return null;
    }
    const says = (fault: string): void => this.world.violated(`${fault}: ${inShort(message)}`);
    for (const code of faultsOf(message, command.cause)) says(code);
    this.keepsSecrets(command, message, says);
    if (message.isRequest) {
      if (!command.again) this.isNew(command, message, says);
      leavesRoutesBehind(message, says);
      isNotMixed(message, says);
      hasFewerHops(message, command.cause, says);
    }
    return message;
  }

  private keepsSecrets(
    { flow, octets }: SendCommand,
    message: SipMessage,
    says: (fault: string) => void,
  ): void {
    if (this.secrets.length === 0) return;
    const whole = octets.toString('latin1');
    const head = whole.slice(0, message.bodyStart);
    for (const { side, text, mayBeInBody } of this.secrets) {
      if (side === flow.local.ip && (mayBeInBody ? head : whole).includes(text)) says(`tells ${text}`);
    }
  }

  private isNew({ flow, cause }: SendCommand, message: SipMessage, says: (fault: string) => void): void {
    const { method, cseqNumber, branch } = message;
    const known = this.branches.get(branch);
    const belongs = method === 'ACK' || method === 'CANCEL';
    if (known !== undefined && !(belongs && known === message.callId)) says(`branch ${branch} again`);
    this.branches.set(branch, message.callId);
    if (belongs) return;
    const key = `${flow.local.ip} ${message.callId} ${message.fromTag} ${message.toTag}`;
    const last = this.numbers.get(key);
    // The same request may be tried at several places, and so may the SBC's own BYE.
    const isSame = last !== undefined && cause === last.cause && (cause !== null || method === 'BYE');
    const isNext = last === undefined || cseqNumber > last.number || (isSame && cseqNumber === last.number);
    if (!isNext) says(`CSeq ${cseqNumber} after ${last.number}`);
    this.numbers.set(key, { number: cseqNumber, cause });
  }
}

function faultsOf(message: SipMessage, cause: SipMessage | null): string[] {
  const inherited = new Set(cause?.diagnose().map(({ code }) => code));
  return message
    .diagnose()
    .map(({ code }) => code)
    .filter((code) => !inherited.has(code));
}

/** SBC-29. */
function leavesRoutesBehind(message: SipMessage, says: (fault: string) => void): void {
  for (const { uri, text } of message.routes) if (OWN.has(uri.host)) says(`Route ${text}`);
}

/** SBC-8. */
function isNotMixed(message: SipMessage, says: (fault: string) => void): void {
  const description = sessionBody(message);
  if (description !== undefined && offerKind(description, DEFAULT_DECISIONS) === 'mixed') says('mixed offer');
}

function hasFewerHops(message: SipMessage, cause: SipMessage | null, says: (fault: string) => void): void {
  if (cause === null || !cause.isRequest || cause.method !== message.method) return;
  const [before, after] = [cause, message].map((one) => Number(one.value(HEADER['Max-Forwards']) ?? 70));
  if (after >= before) says(`Max-Forwards ${after} after ${before}`);
}

const OWN = new Set(['192.168.2.20', '192.168.10.10', 'sbc.com']);
