// RFC 8224 §4.1, §6.1, §6.2; RFC 8225: an Identity is fresh and speaks of the caller and callee of this request.
import { HEADER } from '../../sip/header/header-names.ts';
import { type Claims, parseIdentity } from '../../sip/header/identity.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import { headerEvidence, rowEvidence, startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/stir-identity',
    severity: 'info',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary: 'A PASSporT was made within the last minute, for the caller and the callee of its request.',
    why: 'The verifier refuses the call with 437, 438 or 403, or shows it as not verified.',
    exceptions: ['A div PASSporT names the earlier target.', 'The clocks of capture and signer differ.'],
    fix: 'Sign at the last box that changes From, To or P-Asserted-Identity; keep its clock right.',
    sources: [
      { document: 'RFC 8224', section: '4.1', says: 'freshness, sixty seconds recommended' },
      { document: 'RFC 8224', section: '6.2', says: 'what a verifier compares' },
      { document: 'RFC 8225', section: '5.2', says: 'orig, dest and iat' },
    ],
    messages: {
      stale: 'The PASSporT was issued {age} s before the message',
      future: 'The PASSporT was issued {age} s after the message',
      orig: 'The PASSporT speaks of caller {claimed}, the request of {actual}',
      dest: 'The PASSporT speaks of callee {claimed}, the request of {actual}',
      refused: 'Refused with {status}: {meaning}',
    },
  },
  create({ policy, report }) {
    const judge = (message: MessageFacts, row: number): void => {
      const { sip } = message;
      const identity = parseIdentity(sip.headerValue(row));
      const { payload } = identity;
      if (payload === undefined) return;
      const evidence = [rowEvidence(message, row)];
      if (typeof payload.iat === 'number') {
        const age = sip.seconds - payload.iat;
        const limit = policy.thresholds.identityAgeMs / 1000;
        if (age > limit) report({ message: 'stale', data: { age }, at: message, evidence });
        if (age < -limit) report({ message: 'future', data: { age: -age }, at: message, evidence });
      }
      const ppt = identity.ppt || identity.header?.ppt;
      const caller = [
        sip.addresses(HEADER['P-Asserted-Identity']).map(({ uri }) => uri),
        sip.from?.uri ?? [],
      ].flat();
      const orig = numbers(payload.orig);
      if (orig.length > 0 && caller.length > 0 && !caller.some((uri) => orig.includes(numberOf(uri))))
        report({
          message: 'orig',
          data: { claimed: orig.join(', '), actual: numberOf(caller[0]!) },
          at: message,
          evidence,
        });
      // RFC 8946 §4: a div PASSporT is about the target before the diversion.
      if (ppt === 'div' || ppt === 'div-o') return;
      const dest = numbers(payload.dest);
      const callee = sip.to?.uri;
      if (dest.length > 0 && callee !== undefined && !dest.includes(numberOf(callee)))
        report({
          message: 'dest',
          data: { claimed: dest.join(', '), actual: numberOf(callee) },
          at: message,
          evidence,
        });
    };
    return {
      message(message) {
        const { sip } = message;
        if (!message.isRequest) {
          const meaning = REFUSALS.get(message.status);
          if (meaning === undefined) return;
          const request = message.transaction?.request;
          const signed = request === undefined ? [] : headerEvidence(request, HEADER.Identity, 'Identity');
          report({
            message: 'refused',
            data: { status: message.status, meaning },
            at: message,
            evidence: [startLineEvidence(message), ...signed],
          });
          return;
        }
        if (message.truncated) return;
        for (let row = sip.find(HEADER.Identity); row >= 0; row = sip.find(HEADER.Identity, row + 1))
          judge(message, row);
      },
    };
  },
});

/** `{tn: "1215…"}`, `{tn: ["…"], uri: ["…"]}`. */
function numbers(claim: unknown): string[] {
  if (typeof claim !== 'object' || claim === null) return [];
  const { tn, uri } = claim as Claims;
  return [tn, uri]
    .flat()
    .filter((one) => typeof one === 'string')
    .map((one) => plain(one));
}

function numberOf(uri: SipUri): string {
  return /^\+?[\d\-.()]+$/.test(uri.user) ? plain(uri.user) : plain(uri.text.split(/[;?]/)[0]!);
}

function plain(text: string): string {
  return /^\+?[\d\-.()]+$/.test(text) ? text.replace(/[^\d]/g, '') : text.toLowerCase();
}

/** RFC 8224 §6.2.2. */
const REFUSALS = new Map([
  [428, 'the verifier wants an Identity header'],
  [436, 'the certificate could not be fetched'],
  [437, 'the certificate is not accepted'],
  [438, 'the signature does not match the request'],
]);
