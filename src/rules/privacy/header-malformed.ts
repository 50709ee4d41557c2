// RFC 3323 §4.2: Privacy is `none`, or values that each stand once, with `critical` after them; §5: who executes a value removes it,
// and nobody touches `none`.
import type { Policy } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { parsePrivacy } from '../../sip/header/privacy.ts';
import { headerEvidence } from '../evidence.ts';
import type { Crossing } from '../facts/crossing.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { trustsPeer } from '../facts/trust.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/header-malformed',
    severity: 'warning',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'Privacy is none alone, or each value once; who executes the last value removes the header, and nobody changes none.',
    why: 'Boxes read a contradicting header each in their own way: one hides the caller, the next does not.',
    exceptions: [
      'Values of extensions.',
      'Commas between values, as older drafts had them: info.',
      'id that goes on: to a trusted peer, or from an untrusted one; where nobody says who is trusted: info.',
    ],
    fix: 'Have the user agent write one list of values parted by semicolons, critical last.',
    sources: [
      { document: 'RFC 3323', section: '4.2', says: 'which values go together' },
      {
        document: 'RFC 3323',
        section: '5',
        says: 'none is not touched; with the last value the header goes',
      },
    ],
    messages: {
      'none-with': 'Privacy has none together with {others}',
      repeated: 'Privacy has {value} twice',
      'critical-alone': 'Privacy has critical and nothing that it could be of',
      'critical-response': 'Privacy of a response has critical',
      comma: 'values of Privacy are parted by commas',
      'none-changed': 'Privacy: none went on as {value}',
      left: 'Privacy still asks for id although P-Asserted-Identity was taken out',
    },
  },
  create: ({ report, policy }) => ({
    message(message) {
      if (message.sip.find(HEADER.Privacy) < 0) return;
      const values = valuesOf(message);
      const evidence = headerEvidence(message, HEADER.Privacy, 'Privacy');
      const common = { at: message, evidence };
      const others = values.filter((value) => value !== 'none');
      if (values.includes('none') && others.length > 0)
        report({ message: 'none-with', data: { others: others.join(', ') }, ...common });
      const twice = values.find((value, index) => values.indexOf(value) < index);
      if (twice !== undefined) report({ message: 'repeated', data: { value: twice }, ...common });
      if (values.length > 0 && values.every((value) => value === 'critical'))
        report({ message: 'critical-alone', ...common });
      if (!message.isRequest && values.includes('critical') && values.length > 1)
        report({ message: 'critical-response', ...common });
      if (message.sip.values(HEADER.Privacy).some((row) => row.includes(',')))
        report({ message: 'comma', ...common, severity: 'info' });
    },
    crossing(crossing) {
      if (!crossing.judged) return;
      for (const { received, sent } of crossing.requests) {
        if (sent === undefined) continue;
        const [before, after] = [received.request!, sent.request!];
        const came = valuesOf(before);
        if (came.length !== 1) continue;
        const went = valuesOf(after);
        const common = {
          at: [after, before],
          evidence: [after, before].flatMap((one) => headerEvidence(one, HEADER.Privacy, 'Privacy')),
          crossing,
          ...graded('warning', crossing.controller),
        };
        const asserted = HEADER['P-Asserted-Identity'];
        if (came[0] === 'none' && went.join(';') !== 'none')
          report({ message: 'none-changed', data: { value: went.join(';') || 'nothing' }, ...common });
        else if (
          came[0] === 'id' &&
          before.sip.find(asserted) >= 0 &&
          after.sip.find(asserted) < 0 &&
          went.includes('id')
        ) {
          const severity = severityOfLeft(policy, crossing);
          if (severity !== null) report({ message: 'left', ...common, severity });
        }
      }
    },
  }),
});

function valuesOf({ sip }: MessageFacts): string[] {
  return sip.values(HEADER.Privacy).flatMap(parsePrivacy);
}

/**
 * RFC 3325 §5, §7: what nobody vouched for goes whoever asks for what, and id is carried out where the trust domain ends. Null: it
 * is for those further on.
 */
function severityOfLeft(policy: Policy, { near, far }: Crossing): 'warning' | 'info' | null {
  const [from, to] = [trustsPeer(policy, near), far === null ? null : trustsPeer(policy, far)];
  if (from === false || to === true) return null;
  return from === null && to === null ? 'info' : 'warning';
}
