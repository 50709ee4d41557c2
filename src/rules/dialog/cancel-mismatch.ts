// RFC 3261 §9.1: a CANCEL is the request it cancels once more: Request-URI, From, To, CSeq number and top Via are copied.
import { HEADER, type HeaderName } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { sameUri } from '../../sip/uri/uri-equality.ts';
import { type Evidence, headerEvidence, startLineEvidence } from '../evidence.ts';
import { hasMagicCookie } from '../facts/magic-cookie.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sameTargets } from '../facts/same-target.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/cancel-mismatch',
    severity: 'error',
    scope: 'transaction',
    tier: 1,
    since: '0.2.0',
    summary:
      'A CANCEL repeats Request-URI, From, To, CSeq number, top Via and Route of the request it cancels.',
    why: 'A CANCEL that does not match is answered 481 or dropped, and the phone goes on ringing.',
    exceptions: [
      'Display names, order of parameters and white space differ.',
      'A proxy cancels its own INVITE: each hop is compared by itself.',
      'A stateless proxy passes a CANCEL on and adds its Via, as it did to the INVITE.',
      'The INVITE has no branch of RFC 3261: then branches are not compared.',
    ],
    fix: 'Build the CANCEL from the INVITE that was sent: copy the fields, change only the method in CSeq, and leave Require out.',
    sources: [
      { document: 'RFC 3261', section: '9.1', says: 'which fields of a CANCEL equal those of the request' },
      { document: 'RFC 3261', section: '9.2', says: 'how a server finds what is to be cancelled' },
    ],
    messages: {
      branch: 'CANCEL has the branch {value}, its {method} had {expected}',
      cseq: 'CANCEL has the CSeq number {value}, its {method} had {expected}',
      'request-uri': 'CANCEL goes to {value}, its {method} went to {expected}',
      from: 'From of the CANCEL is {value}, of its {method} {expected}',
      to: 'To of the CANCEL is {value}, of its {method} {expected}',
      vias: 'CANCEL carries {value} Via values where its {method} had {expected}',
      route: 'CANCEL lacks the Route of its {method}',
      require: 'CANCEL carries {value}',
    },
  },
  create: ({ report }) => ({
    transaction(cancel) {
      if (cancel.methodId !== METHOD.CANCEL) return;
      const { request } = cancel;
      const target = cancel.cancels?.request;
      if (request === undefined || target === undefined || request.truncated || target.truncated) return;
      const { method } = target;
      const mine = request.sip;
      const its = target.sip;
      const differs = (
        key: 'branch' | 'cseq' | 'from' | 'to' | 'vias' | 'route',
        header: HeaderName,
        value: string | number,
        expected: string | number,
      ): void => {
        const evidence = both(request, target, header);
        report({ message: key, data: { method, value, expected }, at: [request, target], evidence });
      };
      if (mine.branch !== its.branch && hasMagicCookie(target))
        differs('branch', 'Via', mine.branch, its.branch);
      if (mine.cseqNumber >= 0 && mine.cseqNumber !== its.cseqNumber)
        differs('cseq', 'CSeq', mine.cseqNumber, its.cseqNumber);
      if (mine.requestUri !== its.requestUri && !sameUri(mine.uri, its.uri)) {
        report({
          message: 'request-uri',
          data: { method, value: mine.requestUri, expected: its.requestUri },
          at: [request, target],
          evidence: [startLineEvidence(request), startLineEvidence(target)],
        });
      }
      if (!sameParty(mine.from, its.from)) differs('from', 'From', textOf(mine.from), textOf(its.from));
      if (!sameParty(mine.to, its.to)) differs('to', 'To', textOf(mine.to), textOf(its.to));
      // A chain of stateless proxies (§16.11) adds as many values to the one as to the other.
      if (mine.vias.length > its.vias.length) differs('vias', 'Via', mine.vias.length, its.vias.length);
      if (its.routes.length > 0 && !sameTargets(mine.routes, its.routes)) differs('route', 'Route', '', '');
      for (const header of ['Require', 'Proxy-Require'] as const) {
        if (mine.find(HEADER[header]) < 0) continue;
        const evidence = headerEvidence(request, HEADER[header], header);
        report({ message: 'require', data: { value: header }, at: [request, target], evidence });
      }
    },
  }),
});

function sameParty(a: NameAddr | undefined, b: NameAddr | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.tag === b.tag && (a.uri.text === b.uri.text || sameUri(a.uri, b.uri));
}

function textOf(party: NameAddr | undefined): string {
  if (party === undefined) return '(absent)';
  return party.tag === '' ? `<${party.uri.text}>` : `<${party.uri.text}>;tag=${party.tag}`;
}

function both(request: MessageFacts, target: MessageFacts, header: HeaderName): Evidence[] {
  return [request, target].flatMap((message) => headerEvidence(message, HEADER[header], header));
}
