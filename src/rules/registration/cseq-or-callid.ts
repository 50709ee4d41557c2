// RFC 3261 §10.2: the REGISTERs of a client to one registrar have one Call-ID, and a CSeq number that rises by one.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence } from '../evidence.ts';
import { aorOf } from '../facts/bindings.ts';
import { contactOf } from '../facts/contact.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/cseq-or-callid',
    severity: 'warning',
    scope: 'registration',
    tier: 2,
    since: '0.2.0',
    summary: 'A phone keeps the Call-ID of its registration, and raises the CSeq number with each REGISTER.',
    why: 'A registrar takes a REGISTER with a number that is not higher for an old one and refuses it.',
    exceptions: [
      'Retransmissions, and the same REGISTER at other hops.',
      'One REGISTER that overtakes another on UDP within a second.',
      'A new Call-ID after a restart: told only when it changes with every refresh.',
      'Another user, or another Contact.',
    ],
    fix: 'Keep Call-ID and counter as long as the phone runs, and raise the counter for every REGISTER, also with credentials.',
    sources: [
      { document: 'RFC 3261', section: '10.2', says: 'one Call-ID, CSeq rises by one' },
      { document: 'RFC 3261', section: '10.3', says: 'a number that is not higher is refused' },
    ],
    messages: {
      cseq: 'REGISTER has the CSeq number {value} after {expected}, with the same Call-ID',
      'call-id': 'each refresh of {contact} has a Call-ID of its own',
    },
  },
  create: ({ report, bindings }) => {
    /** Phones of which it was told: once is enough. */
    const told = new Set<string>();
    return {
      leg({ transactions }) {
        const last = new Map<string, MessageFacts>();
        for (const { methodId, request, success } of transactions) {
          if (methodId !== METHOD.REGISTER || request === undefined || request.sip.to === undefined) continue;
          const { sip } = request;
          const aor = aorOf(request.sip.to.uri);
          const contact = contactOf(request);
          const key = `${sip.src.ip} ${aor} ${contact?.uri.text ?? '*'}`;
          const before = last.get(key);
          if (
            before !== undefined &&
            sip.cseqNumber <= before.sip.cseqNumber &&
            !overtakes(request, before)
          ) {
            report({
              message: 'cseq',
              data: { value: sip.cseqNumber, expected: before.sip.cseqNumber },
              at: [request, before],
              severity: 'error',
              evidence: [request, before].flatMap((one) => headerEvidence(one, HEADER.CSeq, 'CSeq')),
            });
          }
          if (before === undefined || sip.cseqNumber > before.sip.cseqNumber) last.set(key, request);
          if (success === undefined || contact === undefined) continue;
          const grants = bindings.history(contact.uri).filter((one) => {
            return one.endpoint.ip === sip.src.ip && one.registrar.ip === sip.dst.ip;
          });
          const at = grants.findIndex(({ frame }) => frame === success.frame);
          const [first, second] = at < 2 ? [] : grants.slice(at - 2, at);
          if (first === undefined || second === undefined) continue;
          const ids = [first.callId, second.callId, sip.callId];
          // RFC 3261 §10.2.4: within one boot cycle; two refreshes in time are no restarts.
          if (new Set(ids).size < 3 || first.until < second.from || second.until < sip.seconds) continue;
          if (told.has(key) || told.size >= MAX_TOLD) continue;
          told.add(key);
          const frames = [first.frame, second.frame];
          const evidence = headerEvidence(request, HEADER['Call-ID'], 'Call-ID');
          const data = { contact: contact.uri.text };
          report({ message: 'call-id', data, at: request, frames, severity: 'info', evidence });
        }
      },
    };
  },
});

function overtakes({ sip }: MessageFacts, before: MessageFacts): boolean {
  return (
    sip.transport === 'udp' && sip.cseqNumber < before.sip.cseqNumber && sip.seconds - before.sip.seconds <= 1
  );
}

const MAX_TOLD = 10_000;
