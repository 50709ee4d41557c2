// RFC 3261 §8.2.2.2: a request that reaches a user agent by two ways is processed once and refused with 482 the second time;
// §16.3: one that comes round unchanged has looped, and is refused with 482 or 483.
import { METHOD } from '../../sip/method.ts';
import { startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sameHost, sameTargets } from '../facts/same-target.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/merged-request',
    severity: 'info',
    scope: 'transaction',
    tier: 2,
    since: '0.2.0',
    summary: 'A request that comes a second time by another way is refused with 482.',
    why: 'The phone rings twice for one call, and answering one of the two leaves the other ringing.',
    exceptions: [
      'The same request at the hops of one way, and its retransmissions.',
      'A proxy, which passes both on: only who answers with its own address in Contact is a user agent.',
      'Another Request-URI: two users at one address; or a spiral.',
      'The first had its final response before the second came.',
    ],
    fix: 'Compare From tag, Call-ID and CSeq with the requests in progress, and answer 482 where they are the same.',
    sources: [
      { document: 'RFC 3261', section: '8.2.2.2', says: 'merged requests' },
      { document: 'RFC 3261', section: '16.3', says: 'loop detection, Max-Forwards' },
    ],
    messages: {
      merged: '{method} came twice by different ways',
      'not-482': '{method} that came by a second way was answered {status}',
      loop: '{method} came round to the same box unchanged and was answered {status}',
    },
  },
  create: ({ report }) => {
    function judge(before: TransactionFacts, again: TransactionFacts): void {
      const request = again.request!;
      const { method } = request;
      const { final } = again;
      const at = [request, before.request!];
      const evidence = at.map(startLineEvidence);
      if (cameRound(before, again)) {
        if (final === undefined || final.status < 300 || final.status === 482 || final.status === 483) return;
        const told = [startLineEvidence(final), ...evidence];
        report({
          message: 'loop',
          data: { method, status: final.status },
          at: [final, ...at],
          severity: 'error',
          evidence: told,
        });
        return;
      }
      const done = before.final;
      if (done !== undefined && done.millisecondsTo(request) >= 0) return;
      if (isPassedOn(again) || isPassedOn(before)) return;
      const status = again.responses.find((one) => one.status !== 100)?.status;
      if (status === 482) {
        report({ message: 'merged', data: { method }, at, evidence });
        return;
      }
      const answer = again.responses.find((one) => isOwnAnswer(one));
      if (answer === undefined || !before.responses.some(isOwnAnswer)) return;
      const told = [startLineEvidence(answer), ...evidence];
      const data = { method, status: answer.status };
      report({ message: 'not-482', data, at: [answer, ...at], severity: 'warning', evidence: told });
    }

    return {
      call({ legs }) {
        const arrived = new Map<string, TransactionFacts[]>();
        for (const { transactions } of legs) {
          for (const transaction of transactions) {
            const { request, initial, methodId } = transaction;
            if (!initial || request === undefined || methodId === METHOD.CANCEL || methodId === METHOD.ACK)
              continue;
            const { sip } = request;
            const key = `${sip.dst.text} ${sip.cseqNumber} ${request.method} ${sip.fromTag}`;
            const before = arrived.get(key);
            if (before === undefined) {
              arrived.set(key, [transaction]);
              continue;
            }
            const other = before.find((one) => isSame(one.request!, request));
            if (other !== undefined) {
              const isLater = other.request!.millisecondsTo(request) >= 0;
              judge(isLater ? other : transaction, isLater ? transaction : other);
            }
            before.push(transaction);
          }
        }
      },
    };
  },
});

/** Two ways of one request: to the same place, with another branch. */
function isSame(a: MessageFacts, b: MessageFacts): boolean {
  return (
    a.sip.branch !== b.sip.branch &&
    a.sip.requestUri === b.sip.requestUri &&
    sameTargets(a.sip.routes, b.sip.routes)
  );
}

/** Whether the later one is what became of the earlier. */
function cameRound(before: TransactionFacts, again: TransactionFacts): boolean {
  let one: TransactionFacts | undefined = again;
  for (let hops = 0; one !== undefined && hops < MAX_HOPS; hops++) {
    if (one === before) return true;
    one = one.upstream !== undefined && follows(one, one.upstream) ? one.upstream : undefined;
  }
  return false;
}

function isPassedOn(transaction: TransactionFacts): boolean {
  return transaction.downstream.some((one) => follows(one, transaction));
}

/** Sent by the box that received the other: the same request alone proves no way. */
function follows({ request }: TransactionFacts, before: TransactionFacts): boolean {
  return request !== undefined && request.sip.src.ip === before.request?.sip.dst.ip;
}

/** A response that names its sender as the place to reach: a user agent's. */
function isOwnAnswer({ status, sip }: MessageFacts): boolean {
  const { contacts } = sip;
  if (status <= 100 || status >= 300 || contacts === '*') return false;
  const [contact] = contacts;
  return contact !== undefined && sameHost(contact.uri.host, sip.src.ip);
}

const MAX_HOPS = 70;
