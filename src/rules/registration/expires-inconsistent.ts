// RFC 3261 §10.3 steps 7 and 8: the 2xx to REGISTER lists every binding with its expiry, never longer than asked for; §10.2.8:
// after 423 the client asks for as much as the registrar wants.
import { parseDeltaSeconds } from '../../sip/header/delta-seconds.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sameTarget } from '../facts/same-target.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'registration/expires-inconsistent',
    severity: 'warning',
    scope: 'registration',
    tier: 2,
    since: '0.2.0',
    summary:
      'The 2xx to REGISTER lists the bindings with their expiry, and grants no longer than was asked for.',
    why: 'Phone and registrar disagree on when to register again, and calls fail in between.',
    exceptions: [
      'A shorter expiry than asked for.',
      'A request without expiry, for which the registrar chooses.',
      'Bindings of other phones of the user.',
      'A Contact that comes back rewritten for a NAT or by an SBC.',
    ],
    fix: 'Have the registrar return each binding with expires, at most the value asked for; have the phone obey Min-Expires.',
    sources: [
      { document: 'RFC 3261', section: '10.3', says: 'what the registrar grants and returns' },
      { document: 'RFC 3261', section: '10.2.8', says: 'how a client tries again after 423' },
    ],
    messages: {
      'no-expires': 'Contact {contact} in the {status} has no expires',
      longer: 'Contact {contact} was granted {value} seconds, {expected} were asked for',
      absent: 'Contact {contact} is not in the {status} that registers it',
      'no-min-expires': '423 to REGISTER lacks Min-Expires',
      'below-min': 'REGISTER asks for {value} seconds after 423 with Min-Expires {expected}',
    },
  },
  create: ({ report }) => {
    function judgeAnswer(request: MessageFacts, success: MessageFacts): void {
      const { contacts: asked } = request.sip;
      const { contacts: granted } = success.sip;
      if (granted === '*' || request.truncated || success.truncated) return;
      const { status } = success;
      const common = success.sip.value(HEADER.Expires);
      const evidence = [request, success].flatMap((one) => headerEvidence(one, HEADER.Contact, 'Contact'));
      const at = [success, request];
      for (const { uri, params } of granted) {
        if (params.has('expires') || common !== undefined) continue;
        report({ message: 'no-expires', data: { contact: uri.text, status }, at, evidence });
      }
      for (const contact of asked === '*' ? [] : asked) {
        const wanted = expiryOf(contact, request);
        const found = granted.find(({ uri }) => sameTarget(uri, contact.uri));
        const data = { contact: contact.uri.text, status };
        if (found === undefined) {
          // Whoever rewrites a Contact keeps its user, or returns but one.
          const rewritten = granted.some(({ uri }) => uri.user === contact.uri.user) || granted.length === 1;
          if (wanted === undefined || wanted === 0 || rewritten) continue;
          report({ message: 'absent', data, at, evidence });
          continue;
        }
        const value = expiryOf(found, success);
        if (wanted === undefined || value === undefined || value <= wanted) continue;
        report({
          message: 'longer',
          data: { contact: contact.uri.text, value, expected: wanted },
          at,
          evidence,
        });
      }
    }

    return {
      leg({ transactions }) {
        let minimum: { readonly seconds: number; readonly at: MessageFacts } | undefined;
        for (const { methodId, request, success, final } of transactions) {
          if (methodId !== METHOD.REGISTER || request === undefined) continue;
          if (minimum !== undefined) {
            const value = shortest(request);
            if (value !== undefined && value > 0 && value < minimum.seconds) {
              const data = { value, expected: minimum.seconds };
              const evidence = headerEvidence(minimum.at, HEADER['Min-Expires'], 'Min-Expires');
              report({ message: 'below-min', data, at: [request, minimum.at], evidence });
            }
            minimum = undefined;
          }
          if (success !== undefined) judgeAnswer(request, success);
          else if (final?.status === 423) {
            const seconds = parseDeltaSeconds(final.sip.value(HEADER['Min-Expires']) ?? '');
            if (seconds !== undefined) minimum = { seconds, at: final };
            else if (!final.truncated) {
              const evidence = headerEvidence(final, HEADER['Min-Expires'], 'Min-Expires');
              report({ message: 'no-min-expires', at: [final, request], severity: 'error', evidence });
            }
          }
        }
      },
    };
  },
});

/** Seconds; of a response what is granted, of a request what is asked for. Undefined when it does not say. */
function expiryOf({ params }: NameAddr, { sip }: MessageFacts): number | undefined {
  return parseDeltaSeconds(params.get('expires') ?? sip.value(HEADER.Expires) ?? '');
}

function shortest(request: MessageFacts): number | undefined {
  const { contacts } = request.sip;
  const asked = contacts === '*' ? [] : contacts.map((contact) => expiryOf(contact, request) ?? Number.NaN);
  return asked.length === 0 || asked.some(Number.isNaN) ? undefined : Math.min(...asked);
}
