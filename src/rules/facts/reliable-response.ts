// The reliable provisional responses of an INVITE (RFC 3262 §3): told apart by To tag and RSeq, with the copies of each. Two
// that differ in nothing but RSeq are the same response to the correlator, so it is not asked.
import { HEADER } from '../../sip/header/header-names.ts';
import { parseRAck, type RAck } from '../../sip/header/rack.ts';
import { METHOD } from '../../sip/method.ts';
import type { CallFacts } from './call-facts.ts';
import type { MessageFacts } from './message-facts.ts';
import { listsTag } from './option-tag.ts';
import type { TransactionFacts } from './transaction-facts.ts';

export interface ReliableResponse {
  /** As first seen. */
  readonly message: MessageFacts;
  readonly tag: string;
  readonly rseq: number;
  /** Sent again, without what the capture shows twice. */
  readonly copies: readonly MessageFacts[];
}

/** In order; none for any other method. */
export function reliableResponses(invite: TransactionFacts): readonly ReliableResponse[] {
  invite.reliable ??= invite.methodId === METHOD.INVITE ? reliableOf(invite) : NONE;
  return invite.reliable;
}

function reliableOf(invite: TransactionFacts): readonly ReliableResponse[] {
  let found: Map<string, ReliableResponse & { copies: MessageFacts[] }> | undefined;
  for (const message of invite.messages) {
    const { status, sip } = message;
    if (status <= 100 || status >= 200 || message.event.duplicateOf > 0) continue;
    const value = sip.value(HEADER.RSeq);
    if (value === undefined || !listsTag(message, HEADER.Require, '100rel')) continue;
    const rseq = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
    found ??= new Map();
    const key = `${Number.isNaN(rseq) ? value : rseq} ${sip.toTag}`;
    const before = found.get(key);
    if (before === undefined) found.set(key, { message, tag: sip.toTag, rseq, copies: [] });
    else before.copies.push(message);
  }
  return found === undefined ? NONE : [...found.values()];
}

/** The one that a PRACK acknowledges: RFC 3262 §3, of the same dialog, and RAck names its RSeq, CSeq number and method. */
export function acknowledgedBy(
  prack: MessageFacts,
  responses: readonly ReliableResponse[],
): ReliableResponse | undefined {
  const rack = rackOf(prack);
  if (rack === undefined || rack.method !== 'INVITE') return undefined;
  const { toTag } = prack.sip;
  return responses.find(({ message, tag, rseq }) => {
    return rseq === rack.rseq && tag === toTag && message.sip.cseqNumber === rack.cseq;
  });
}

/** The PRACKs meant for it, at whatever hop of the call: what else is wrong with their RAck is dialog/rack-mismatch's. */
export function pracksTo({ message, tag, rseq }: ReliableResponse): readonly MessageFacts[] {
  const { call } = message.leg;
  call.pracks ??= pracksOf(call);
  return call.pracks
    .filter((one) => one.tag === tag && (one.rseq === undefined || one.rseq === rseq))
    .map(({ request }) => request);
}

/** A PRACK, the dialog it belongs to, and the RSeq in its RAck; undefined where that cannot be read. */
export interface Prack {
  readonly request: MessageFacts;
  readonly tag: string;
  readonly rseq: number | undefined;
}

function pracksOf({ legs }: CallFacts): readonly Prack[] {
  return legs.flatMap(({ transactions }) => {
    return transactions.flatMap(({ methodId, request }) => {
      if (methodId !== METHOD.PRACK || request === undefined) return [];
      return [{ request, tag: request.sip.toTag, rseq: rackOf(request)?.rseq }];
    });
  });
}

function rackOf({ sip }: MessageFacts): RAck | undefined {
  const value = sip.value(HEADER.RAck);
  return value === undefined ? undefined : parseRAck(value);
}

/** A response shows that there was a PRACK, also where the capture lacks it. */
export function hasAnswerToPrack({ leg }: MessageFacts): boolean {
  return leg.transactions.some(({ methodId, request }) => methodId === METHOD.PRACK && request === undefined);
}

const NONE: readonly ReliableResponse[] = [];
