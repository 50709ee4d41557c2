// Whether a box evidently hides the parties of IM dialogs: all of c=, o= and m= rewritten, none of them, or a part (Cisco IM,
// Privacy for SIP Instant Messaging: three fields). Said only where the policy does not.

import type { Crossing } from '../facts/crossing.ts';
import { asksToHide } from '../facts/crossing-privacy.ts';
import type { Side } from '../facts/crossing-side.ts';
import { mediaLineEvidence } from '../facts/im-offer.ts';
import { type ImPrivacyMode, imPrivacyFields } from '../facts/im-privacy-mode.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { shownPrivacy } from '../facts/shown-privacy.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/mode-inferred',
    severity: 'info',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Tells whether the parties of an IM dialog were made anonymous, as its session descriptions show, and what was left half done.',
    why: 'The rules for privacy need to know what was wanted; a description that is rewritten by half hides nobody.',
    exceptions: [
      'The policy says it.',
      'The party asks for it by Privacy: that is not what the box was configured to.',
      'Calls without IM, and MSRP.',
      'A proxy is no session border controller.',
    ],
    fix: 'Write the mode into the policy (cac: caller-privacy, callee-privacy), so that its rules hold as errors.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'three fields are made anonymous',
      },
    ],
    messages: {
      mode: '{who} privacy is {mode} in this IM dialog',
      partial: 'the IM description of the {who} is made anonymous by half: {fields}',
      differs: 'the caller is {caller} and the callee {callee} in one IM dialog',
      changes:
        'IM dialogs of {caller} at {side} differ: hidden in this one, not in Call-ID {other}, or the reverse',
    },
  },
  create: ({ report }) => {
    const before = new Map<string, { mode: ImPrivacyMode; callId: string }>();
    return {
      crossing(crossing) {
        if (!crossing.judged || crossing.far === null) return;
        const seen = [true, false].map((fromCaller) => look(crossing, fromCaller));
        const [caller, callee] = seen;
        if (caller === 'on' && callee === 'off') tellDifference(crossing, 'hidden', 'not hidden');
        else if (caller === 'off' && callee === 'on') tellDifference(crossing, 'not hidden', 'hidden');
        if (caller === null || caller === undefined || caller === 'partial') return;
        const from = crossing.initial!.received.request!.sip.from?.uri.address ?? '';
        const key = `${crossing.near.name} ${from}`;
        const earlier = before.get(key);
        const callId = crossing.a.leg.call.callId;
        if (earlier === undefined) {
          if (before.size < MAX_CALLERS) before.set(key, { mode: caller, callId });
          return;
        }
        if (earlier.mode === caller) return;
        report({
          message: 'changes',
          data: { caller: from, side: crossing.near.name, other: earlier.callId },
          at: crossing.initial!.received.request!,
          crossing,
          severity: 'warning',
        });
      },
    };

    function look(crossing: Crossing, fromCaller: boolean): ImPrivacyMode | null {
      if (crossing.privacy(fromCaller).known || asksToHide(crossing.asked(fromCaller))) return null;
      const who = fromCaller ? 'caller' : 'callee';
      const shown = shownPrivacy(crossing, fromCaller);
      if (shown === null) return null;
      const { mode, received, sent } = shown;
      const common = {
        at: [sent.message, received.message],
        evidence: [...mediaLineEvidence(sent), ...mediaLineEvidence(received)],
        crossing,
      };
      if (mode === 'partial')
        report({
          message: 'partial',
          data: { who, fields: fieldsText(sent, crossing.out(fromCaller)!) },
          ...common,
          severity: 'warning',
        });
      else report({ message: 'mode', data: { who, mode }, ...common });
      return mode;
    }

    function tellDifference(crossing: Crossing, caller: string, callee: string): void {
      report({
        message: 'differs',
        data: { caller, callee },
        at: crossing.initial!.received.request!,
        crossing,
      });
    }
  },
});

/** `c= rewritten, o= rewritten, m= not` */
function fieldsText(sent: SdpFacts, out: Side): string {
  const { connection, origin, mediaLine } = imPrivacyFields(sent, out);
  const word = (done: boolean) => (done ? 'rewritten' : 'not');
  return `c= ${word(connection)}, o= ${word(origin)}, m= ${word(mediaLine)}`;
}

const MAX_CALLERS = 10_000;
