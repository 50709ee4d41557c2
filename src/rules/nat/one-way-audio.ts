// Media that flow in one direction only, though both sides agreed on both (RFC 3264 §6.1; RFC 5853 §3.4 on why).

import { factEvidence } from '../evidence.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import type { MediaWatch } from '../facts/media-watch.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'nat/one-way-audio',
    severity: 'warning',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    needsPackets: true,
    summary: 'Where both sides agreed to send and receive, media flow both ways.',
    why: 'One side hears nothing: the address in its description cannot be reached, or a firewall drops what comes.',
    exceptions: [
      'The stream is on hold, or was agreed for one direction.',
      'Comfort noise was agreed: then silence of less than ten seconds is none.',
      'The capture shows one direction of every call: then it is the capture that is one-sided, and that is told once.',
      'The capture has no media of the call at all.',
    ],
    fix: 'Compare the address in the silent side’s description with where its packets come from: NAT, a wrong media address of the SBC, or a firewall.',
    sources: [
      { document: 'RFC 3264', section: '6.1', says: 'what sendrecv agrees on' },
      { document: 'RFC 5853', section: '3.4', says: 'media behind NATs' },
    ],
    messages: {
      'one-way': '{packets} packets of {media} went to {heard} within {seconds} s, and none to {silent}',
      tap: 'Media of {calls} calls are seen in one direction only: the capture does not show the other',
    },
  },
  create({ policy, report, media }) {
    const { oneWayAudioMs, oneWayAudioSilenceMs } = policy.thresholds;
    const candidates: Candidate[] = [];
    let both = 0;
    return {
      leg(leg) {
        if (!media.active) return;
        for (const answered of agreed(leg)) {
          const verdict = judge(media, leg, answered, oneWayAudioMs, oneWayAudioSilenceMs);
          if (verdict === 'both') both++;
          else if (verdict !== 'unknown' && candidates.length < MOST) candidates.push(verdict);
        }
      },
      end() {
        // Many calls, and not one with both directions: a tap on one side of the line.
        if (both === 0 && candidates.length >= TAP) {
          const frames = candidates.slice(0, 20).map(({ at }) => at[0]!.frame);
          const evidence = [
            factEvidence(frames[0]!, 'packet', 'calls with one direction', String(candidates.length)),
          ];
          report({
            message: 'tap',
            data: { calls: candidates.length },
            at: [],
            frames,
            severity: 'info',
            evidence,
          });
          return;
        }
        for (const { at, data, frame } of candidates) {
          const evidence = [factEvidence(frame, 'packet', 'first packet', `to ${data.heard}`)];
          report({
            message: 'one-way',
            data,
            at,
            evidence,
            confidence: both === 0 ? 0.7 : 0.95,
            frames: [frame],
          });
        }
      },
    };
  },
});

interface Candidate {
  readonly at: readonly MessageFacts[];
  readonly data: {
    readonly packets: number;
    readonly media: string;
    readonly heard: string;
    readonly silent: string;
    readonly seconds: string;
  };
  readonly frame: number;
}

/** The first offer and answer of the hop that both sides keep: calls that are put on hold later are not judged. */
function agreed(leg: LegFacts): { readonly offer: SdpFacts; readonly answer: SdpFacts }[] {
  const invite = leg.transactions.find(({ method, createsDialog }) => method === 'INVITE' && createsDialog);
  const answer = invite?.success?.sdp;
  const offer = invite?.request?.sdp;
  if (offer === undefined || answer === undefined) return [];
  const again = leg.messages.some((message) => {
    return message.sdp !== undefined && message.transaction !== invite && !message.repeated;
  });
  return again ? [] : [{ offer, answer }];
}

function judge(
  media: MediaWatch,
  leg: LegFacts,
  { offer, answer }: { readonly offer: SdpFacts; readonly answer: SdpFacts },
  shortest: number,
  silence: number,
): Candidate | 'both' | 'unknown' {
  const index = offer.media.findIndex(
    ({ media: type, port }, at) => type === 'audio' && port > 0 && (answer.media[at]?.port ?? 0) > 0,
  );
  const [ours, theirs] = [offer.media[index], answer.media[index]];
  if (ours === undefined || theirs === undefined) return 'unknown';
  if (ours.direction !== 'sendrecv' || theirs.direction !== 'sendrecv') return 'unknown';
  const { id } = leg.call.call;
  const near = media.of(id, ours.address, ours.port);
  const far = media.of(id, theirs.address, theirs.port);
  if (near === undefined || far === undefined) return 'unknown';
  // A NAT may hide either end: what counts is that something went from, or to, the address.
  const toNear = Math.max(near.to.packets, far.from.packets);
  const toFar = Math.max(far.to.packets, near.from.packets);
  if (toNear > 0 && toFar > 0) return 'both';
  if (toNear === 0 && toFar === 0) return 'unknown';
  const heard =
    toNear > 0 ? (near.to.packets > 0 ? near.to : far.from) : far.to.packets > 0 ? far.to : near.from;
  const quiet = [ours, theirs].some(({ formats }) => formats.includes('13'));
  if (heard.milliseconds < (quiet ? silence : shortest) || heard.packets < FEWEST) return 'unknown';
  const [toward, silent] = toNear > 0 ? [ours, theirs] : [theirs, ours];
  const data = {
    packets: heard.packets,
    media: ours.media,
    heard: `${toward.address}:${toward.port}`,
    silent: `${silent.address}:${silent.port}`,
    seconds: (heard.milliseconds / 1000).toFixed(1),
  };
  return { at: [answer.message, offer.message], data, frame: heard.frame };
}

const MOST = 1000;
/** Calls. */
const TAP = 5;
/** Packets. */
const FEWEST = 25;
