// The parts of a call that most playbooks only pass through on the way to what they are about.
import type { Party } from './party.ts';
import type { Playbook } from './playbook.ts';
import { IM_ANSWER, IM_OFFER } from './session-descriptions.ts';

export interface CallParts {
  /** '' : the INVITE has none, and the offer comes in the 2xx. */
  readonly offer?: string;
  readonly answer?: string;
  /** Both as they are on the side of the receiver, where they differ. */
  readonly offerArrives?: string;
  readonly answerArrives?: string;
}

/** INVITE, 100, 180, 200, ACK. */
export function isAnswered(caller: Party, callee: Party, parts: CallParts = {}): void {
  isRinging(caller, callee, parts);
  accepts(caller, callee, parts);
}

/** INVITE, 100, 180. */
export function isRinging(caller: Party, callee: Party, parts: CallParts = {}): void {
  isInvited(caller, callee, parts);
  callee.sends(180);
  caller.gets(180);
}

/** INVITE, 100. */
export function isInvited(caller: Party, callee: Party, parts: CallParts = {}): void {
  const { offer = IM_OFFER, offerArrives = offer } = parts;
  caller.sends('INVITE', { body: offer });
  caller.gets(100);
  callee.gets('INVITE', { body: offerArrives });
}

/** 200, ACK. */
export function accepts(caller: Party, callee: Party, parts: CallParts = {}): void {
  const { answer = IM_ANSWER, answerArrives = answer } = parts;
  callee.sends(200, { body: answer });
  caller.gets(200, { body: answerArrives });
  caller.sends('ACK');
  callee.gets('ACK');
}

/** BYE and its 200. */
export function hangsUp(one: Party, other: Party): void {
  one.sends('BYE');
  other.gets('BYE');
  other.sends(200, { to: 'BYE' });
  one.gets(200, { to: 'BYE' });
}

/** A request within the dialog that arrives and is answered 200. */
export function passes(one: Party, other: Party, method: string, body = '', type = 'text/plain'): void {
  one.sends(method, { body, type });
  other.gets(method, { body, type });
  other.sends(200, { to: method });
  one.gets(200, { to: method });
}

/** The SBC refuses the request by itself, and says by which rule; for INVITE the ACK is part of it. */
export function isRefused(
  sbc: Playbook,
  party: Party,
  status: number,
  rule: string,
  method = 'INVITE',
): void {
  party.gets(status, { to: method, contact: null });
  sbc.finds(rule);
  if (method === 'INVITE') party.sends('ACK');
}
