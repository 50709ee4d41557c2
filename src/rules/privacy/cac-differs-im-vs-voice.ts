// Cisco IM, Privacy for SIP Instant Messaging: the CAC configuration for normal calls is used for IM dialogs, too.
import { isAnonymousAddress } from '../facts/anonymous.ts';
import type { Crossing } from '../facts/crossing.ts';
import { MessageRef } from '../facts/message-ref.ts';
import { shownPrivacy } from '../facts/shown-privacy.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/cac-differs-im-vs-voice',
    severity: 'info',
    scope: 'capture',
    tier: 2,
    since: '0.2.0',
    twoSided: true,
    summary: 'A caller who is hidden in calls is hidden in IM dialogs, and the reverse.',
    why: 'One CAC entry governs both: where they differ, another entry matches, or one of them is not handled.',
    exceptions: [
      'Fewer than two calls and two IM dialogs of the caller.',
      'Entries of the CAC table for single callees.',
      'Calls whose caller asks for privacy: no entry says so.',
    ],
    fix: 'Look which CAC entry each of them matches, and set caller-privacy there.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'Privacy for SIP Instant Messaging',
        says: 'the CAC configuration of normal calls is also used for IM dialogs',
      },
    ],
    messages: { differs: 'at {side} {caller} is hidden in {hidden} and not in {shown}' },
  },
  create: ({ report }) => {
    const callers = new Map<string, Seen>();
    return {
      crossing(crossing) {
        const request = crossing.initial;
        if (!crossing.judged || request?.sent === undefined || request.received.method !== 'INVITE') return;
        if (crossing.asked(true).size > 0) return;
        const sip = request.received.request!.sip;
        if (sip.from === undefined || isAnonymousAddress(sip.from)) return;
        const key = `${crossing.near.name} ${sip.from.uri.address}`;
        let seen = callers.get(key);
        if (seen === undefined) {
          if (callers.size >= MAX_CALLERS) return;
          seen = { side: crossing.near.name, caller: sip.from.uri.address, im: [], voice: [], first: null };
          callers.set(key, seen);
        }
        const kind = request.received.request!.sdp?.kind();
        const hidden = kind === 'im' ? imHidden(crossing) : crossing.hidesFrom;
        if (hidden === null || (kind !== 'im' && kind !== 'media')) return;
        const list = kind === 'im' ? seen.im : seen.voice;
        if (list.length < MAX_SHOWN) {
          const message = request.sent.request!;
          list.push({ hidden, frame: message.frame });
          if (list === seen.im) seen.first ??= new MessageRef(message);
        }
      },
      end() {
        for (const { side, caller, im, voice, first } of callers.values()) {
          if (im.length < 2 || voice.length < 2) continue;
          const [imMode, voiceMode] = [modeOf(im), modeOf(voice)];
          if (imMode === null || voiceMode === null || imMode === voiceMode) continue;
          report({
            message: 'differs',
            data: {
              side,
              caller,
              hidden: imMode ? 'IM dialogs' : 'calls',
              shown: imMode ? 'calls' : 'IM dialogs',
            },
            at: first!.facts,
            frames: [...im, ...voice].map(({ frame }) => frame),
          });
        }
      },
    };
  },
});

interface Seen {
  readonly side: string;
  readonly caller: string;
  readonly im: { readonly hidden: boolean; readonly frame: number }[];
  readonly voice: Seen['im'];
  /** Of the IM dialogs. */
  first: MessageRef | null;
}

/** Null where it is hidden by half, or no description tells. */
function imHidden(crossing: Crossing): boolean | null {
  const shown = shownPrivacy(crossing, true);
  return shown === null || shown.mode === 'partial' ? null : shown.mode === 'on';
}

/** Null where they do not agree. */
function modeOf(list: Seen['im']): boolean | null {
  const first = list[0]!.hidden;
  return list.every(({ hidden }) => hidden === first) ? first : null;
}

const MAX_CALLERS = 1000;
const MAX_SHOWN = 4;
