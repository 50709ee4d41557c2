// The reliable provisional responses of an INVITE (RFC 3262 §3): told apart by To tag and RSeq, with the copies of each. Two
// that differ in nothing but RSeq are the same response to the correlator, so it is not asked.
import { HEADER } from '../../sip/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { parseRAck } from '../../sip/rack.ts';
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
  if (invite.methodId !== METHOD.INVITE) return NONE;
  let found: (ReliableResponse & { copies: MessageFacts[] })[] | undefined;
  for (const message of invite.messages) {
    const { status, sip } = message;
    if (status <= 100 || status >= 200 || message.event.duplicateOf > 0) continue;
    const value = sip.value(HEADER.RSeq);
    if (value === undefined || !listsTag(message, HEADER.Require, '100rel')) continue;
    const rseq = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
    found ??= [];
    const before = found.find((one) => one.rseq === rseq && one.tag === sip.toTag);
    if (before === undefined) found.push({ message, tag: sip.toTag, rseq, copies: [] });
    else before.copies.push(message);
  }
  return found ?? NONE;
}

/** Whether a PRACK acknowledges it: RFC 3262 §3, the same dialog, and RAck names its RSeq, CSeq number and method. */
export function acknowledges(prack: MessageFacts, { message, tag, rseq }: ReliableResponse): boolean {
  const value = prack.sip.value(HEADER.RAck);
  const rack = value === undefined ? undefined : parseRAck(value);
  if (rack === undefined || prack.sip.toTag !== tag) return false;
  return rack.rseq === rseq && rack.cseq === message.sip.cseqNumber && rack.method === 'INVITE';
}

/** The PRACKs meant for it, at whatever hop of the call: what else is wrong with their RAck is dialog/rack-mismatch's. */
export function pracksTo({ message, tag, rseq }: ReliableResponse): readonly MessageFacts[] {
  return message.leg.call.legs.flatMap(({ transactions }) => {
    return transactions.flatMap(({ methodId, request }) => {
      if (methodId !== METHOD.PRACK || request === undefined || request.sip.toTag !== tag) return [];
      const rack = parseRAck(request.sip.value(HEADER.RAck) ?? '');
      return rack === undefined || rack.rseq === rseq ? [request] : [];
    });
  });
}

/** A response shows that there was a PRACK, also where the capture lacks it. */
export function hasAnswerToPrack({ leg }: MessageFacts): boolean {
  return leg.transactions.some(({ methodId, request }) => methodId === METHOD.PRACK && request === undefined);
}

const NONE: readonly ReliableResponse[] = [];
