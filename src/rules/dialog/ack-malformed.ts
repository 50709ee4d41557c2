// RFC 3261 §17.1.1.3: an ACK to a failure is the INVITE once more; §13.2.2.4, §12.2.1.1: an ACK to a 2xx is a request inside
// the dialog with a branch of its own, the number of the INVITE, and its credentials.
import type { Severity } from '../../capture/diagnostic.ts';
import { Adjacencies } from '../../policy/adjacency-lookup.ts';
import { HEADER, type HeaderName } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { sameUri } from '../../sip/uri/uri-equality.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import { hasMagicCookie } from '../facts/magic-cookie.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sameTargets } from '../facts/same-target.ts';
import { strayAckTo } from '../facts/stray-ack.ts';
import { wrongWays } from '../facts/wrong-way.ts';
import { defineRule, type Report } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/ack-malformed',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'An ACK carries the CSeq number of its INVITE, and goes the way that the response it acknowledges asks for.',
    why: 'A server that cannot match the ACK repeats its response and in the end drops the call.',
    exceptions: [
      'The INVITE has no branch of RFC 3261.',
      'The way of an ACK to a 2xx is judged only at the hop of its sender.',
      'A Request-URI put right for a NAT: it names the address that the ACK is sent to.',
      'Credentials that a proxy took out of the INVITE as well.',
    ],
    fix: 'For a failure copy branch, Request-URI and Route from the INVITE and To from the response; for a 2xx build a request of the dialog.',
    sources: [
      { document: 'RFC 3261', section: '17.1.1.3', says: 'the ACK to 300 to 699' },
      { document: 'RFC 3261', section: '13.2.2.4', says: 'the ACK to a 2xx' },
      { document: 'RFC 3261', section: '12.2.1.1', says: 'remote target and route set' },
    ],
    messages: {
      cseq: 'ACK has the CSeq number {value}, its INVITE had {expected}',
      branch: 'ACK to {status} has the branch {value}, its INVITE had {expected}',
      'request-uri': 'ACK to {status} goes to {value}, its INVITE went to {expected}',
      'to-tag': 'ACK to {status} has the To tag {value}, the response had {expected}',
      route: 'ACK to {status} has the Route {value}, its INVITE had {expected}',
      'same-branch': 'ACK to {status} has the branch of its INVITE',
      target: 'ACK to {status} goes to {value}, the Contact of its peer is {expected}',
      'route-set': 'ACK to {status} has the Route {value}, the route set is {expected}',
      credentials: 'ACK to {status} lacks the {value} of its INVITE',
    },
  },
  create: ({ report, policy }) => {
    // What an SBC sends is judged by the rules on its two sides.
    const boxes = new Adjacencies(policy);
    return {
      transaction(invite) {
        if (invite.methodId !== METHOD.INVITE) return;
        const { request, final, success, acks, leg } = invite;
        if (request === undefined || final === undefined || !hasMagicCookie(request)) return;
        for (const ack of acks) {
          const answer = answerTo(ack, invite.responses) ?? success ?? final;
          if (answer.status >= 300) judgeFailure(ack, answer, request, report);
          else judgeSuccess(ack, answer, request, report);
          if (answer.status >= 300) continue;
          const { dialog: index } = ack.event;
          const dialog =
            index < 0 || boxes.isLocalHost(ack.sip.src.ip)
              ? undefined
              : leg.dialogs.find((one) => one.index === index);
          for (const way of dialog === undefined ? [] : wrongWays(dialog, ack, policy.thresholds.t1Ms)) {
            const { key, value, expected, by } = way;
            const isTarget = key === 'target';
            const evidence = isTarget
              ? [startLineEvidence(ack), ...headerEvidence(by, HEADER.Contact, 'Contact')]
              : linesOf([ack, by], ['Route', 'Record-Route']);
            report({
              message: isTarget ? 'target' : 'route-set',
              data: { status: answer.status, value, expected },
              at: [ack, by],
              severity: key === 'route-extra' ? 'warning' : 'error',
              evidence,
            });
          }
        }
        const stray = strayAckTo(invite);
        if (stray === undefined) return;
        if (stray.sip.cseqNumber !== request.sip.cseqNumber) {
          const data = { value: stray.sip.cseqNumber, expected: request.sip.cseqNumber };
          report({
            message: 'cseq',
            data,
            at: [stray, request],
            evidence: linesOf([stray, request], ['CSeq']),
          });
        } else if (final.status >= 300) judgeFailure(stray, final, request, report);
        else {
          const data = {
            status: final.status,
            value: stray.sip.toTag || '(absent)',
            expected: final.sip.toTag,
          };
          report({ message: 'to-tag', data, at: [stray, final], evidence: linesOf([stray, final], ['To']) });
        }
      },
    };
  },
});

type Key = 'branch' | 'request-uri' | 'to-tag' | 'route' | 'same-branch' | 'credentials';
type Tell = (report: Report<Key>) => void;

/** The response with the ACK's To tag, of several failures or successes the one meant. */
function answerTo(ack: MessageFacts, responses: readonly MessageFacts[]): MessageFacts | undefined {
  return responses.find(({ status, sip }) => status >= 200 && sip.toTag === ack.sip.toTag);
}

function judgeFailure(ack: MessageFacts, answer: MessageFacts, request: MessageFacts, tell: Tell): void {
  if (ack.truncated || request.truncated) return;
  const { status } = answer;
  const mine = ack.sip;
  const its = request.sip;
  const differs = (
    message: Key,
    value: string,
    expected: string,
    to: MessageFacts,
    header: HeaderName,
    severity: Severity = 'error',
  ) =>
    tell({
      message,
      data: { status, value, expected },
      at: [ack, to],
      severity,
      evidence: linesOf([ack, to], [header]),
    });
  if (mine.branch !== its.branch) differs('branch', mine.branch, its.branch, request, 'Via');
  if (mine.requestUri !== its.requestUri && !sameUri(mine.uri, its.uri)) {
    const evidence = [startLineEvidence(ack), startLineEvidence(request)];
    const data = { status, value: mine.requestUri, expected: its.requestUri };
    tell({ message: 'request-uri', data, at: [ack, request], evidence });
  }
  const { toTag } = answer.sip;
  if (toTag !== '' && mine.toTag !== toTag) differs('to-tag', mine.toTag || '(absent)', toTag, answer, 'To');
  if (its.routes.length > 0 && !sameTargets(mine.routes, its.routes))
    differs('route', textOf(ack), textOf(request), request, 'Route', TOLERATED);
}

function judgeSuccess(ack: MessageFacts, answer: MessageFacts, request: MessageFacts, tell: Tell): void {
  const data = { status: answer.status };
  if (ack.sip.branch === request.sip.branch) {
    const evidence = linesOf([ack, request], ['Via']);
    tell({ message: 'same-branch', data, at: [ack, request], severity: TOLERATED, evidence });
  }
  if (ack.truncated) return;
  for (const name of ['Authorization', 'Proxy-Authorization'] as const) {
    if (request.sip.find(HEADER[name]) < 0 || ack.sip.find(HEADER[name]) >= 0) continue;
    const evidence = linesOf([ack, request], [name]);
    const told = { ...data, value: name };
    tell({ message: 'credentials', data: told, at: [ack, request], severity: 'info', evidence });
  }
}

function linesOf(messages: readonly MessageFacts[], names: readonly HeaderName[]) {
  return messages.flatMap((message, index) => {
    const name = names[Math.min(index, names.length - 1)]!;
    return headerEvidence(message, HEADER[name], name);
  });
}

function textOf({ sip }: MessageFacts): string {
  return sip.routes.length === 0 ? 'none' : sip.routes.map(({ uri }) => `<${uri.text}>`).join(', ');
}

/** Nothing fails for it where nobody asks for credentials again, and where the server knows the dialog by its tags. */
const TOLERATED: Severity = 'warning';
