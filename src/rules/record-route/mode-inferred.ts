// What Record-Route passthrough a box was evidently configured to, for each side that calls came in by, and whether its calls agree
// (rules.md §3). Said only where the policy does not.
import { HEADER } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import type { Crossing } from '../facts/crossing.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { countSignals, signalsText } from '../facts/passthrough-signals.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/mode-inferred',
    severity: 'info',
    scope: 'capture',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Tells for each side of a box whether Record-Route passes through it, as its calls show, and names calls that differ.',
    why: 'The rules for passthrough need to know the mode; a box whose calls differ treats some of them wrongly.',
    exceptions: [
      'The policy says it.',
      'Calls from and to registered subscribers, private ones and those with hidden topology: there it is off whatever is configured.',
      'A proxy that records its route is no session border controller.',
    ],
    fix: 'Write the mode into the policy (record-route-passthrough of the adjacency), so that its rules hold as errors.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Record-Route Passthrough Configuration',
        says: 'it is configured for each adjacency, and off unless turned on',
      },
    ],
    messages: {
      mode: 'Record-Route passthrough is {mode} for calls that come in at {side} ({evidence}; {calls} of {all} calls)',
      inconsistent: 'the call shows neither passthrough nor two sets: {signals}',
      outlier:
        'calls that come in at {side} differ: passthrough is {mode} for {calls} of {all}, and not for Call-ID {outliers}',
    },
  },
  create: ({ report }) => {
    const sides = new Map<string, SideCount>();
    return {
      crossing(crossing) {
        if (!crossing.judged || isExempt(crossing)) return;
        const { signals, near } = crossing;
        if (signals === null) return;
        const { yes, of } = countSignals(signals);
        if (of < 2) return;
        const request = crossing.dialogRequests[0]!;
        const after = request.sent!.request!;
        if (yes > 0 && yes < Math.min(3, of)) {
          report({
            message: 'inconsistent',
            data: { signals: signalsText(signals) },
            at: [after, request.received.request!],
            evidence: [
              ...headerEvidence(after, HEADER['Record-Route'], 'Record-Route'),
              ...headerEvidence(after, HEADER.Contact, 'Contact'),
            ],
            crossing,
            severity: 'warning',
          });
          return;
        }
        let side = sides.get(near.name);
        if (side === undefined) {
          if (sides.size >= MAX_SIDES) return;
          side = { on: [], off: [], onCount: 0, offCount: 0, signals: signalsText(signals), name: near.name };
          sides.set(near.name, side);
        }
        const list = yes > 0 ? side.on : side.off;
        if (yes > 0) side.onCount++;
        else side.offCount++;
        if (list.length < MAX_SHOWN) list.push(after);
      },
      end() {
        for (const { on, off, onCount, offCount, signals, name } of sides.values()) {
          const isOn = onCount > offCount;
          const mode = isOn ? 'on' : 'off';
          const [most, few] = isOn ? [on, off] : [off, on];
          const calls = Math.max(onCount, offCount);
          const all = onCount + offCount;
          report({ message: 'mode', data: { mode, side: name, evidence: signals, calls, all }, at: most });
          if (few.length === 0) continue;
          const outliers = few.map(({ sip }) => sip.callId).join(', ');
          report({
            message: 'outlier',
            data: { side: name, mode, calls, all, outliers },
            at: [...few, most[0]!],
            severity: 'warning',
          });
        }
      },
    };
  },
});

interface SideCount {
  readonly name: string;
  /** The requests that show it, a few. */
  readonly on: MessageFacts[];
  readonly off: MessageFacts[];
  onCount: number;
  offCount: number;
  readonly signals: string;
}

function isExempt(crossing: Crossing): boolean {
  if ((crossing.inbound?.recordRoutePassthrough ?? null) !== null) return true;
  return crossing.exempt;
}

/** Sides of boxes that are counted, and calls that are named for each. */
const MAX_SIDES = 1000;
const MAX_SHOWN = 3;
