// RFC 3261 §17: over UDP what is lost is sent again; how much of what a peer sends is that.
import { factEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'quality/retransmission-ratio',
    severity: 'warning',
    scope: 'capture',
    tier: 1,
    since: '0.2.0',
    summary: 'Little of what a peer sends over UDP is sent again.',
    why: 'Packets are lost, or the other side answers late: set-up takes seconds more, and calls fail at random.',
    exceptions: [
      'Duplicates that the capture itself made.',
      'Connections: TCP repeats below SIP.',
      'Peers that sent few messages are not judged.',
    ],
    fix: 'Whoever sends again gets no answer in time: look for loss on the way to the other side, and for its load.',
    sources: [{ document: 'RFC 3261', section: '17', says: 'timers A, E and G send again' }],
    messages: {
      ratio: '{peer} sent {percent} % of its {messages} messages again, most of them {what} to {other}',
    },
  },
  create({ policy, report }) {
    const { retransmissionWarningRatio, retransmissionErrorRatio, retransmissionMessages } =
      policy.thresholds;
    const peers = new Map<string, Tally>();
    return {
      live(m, info) {
        if (m.transport !== 'udp' || info.duplicateOf > 0) return;
        const { text } = m.src;
        let tally = peers.get(text);
        if (tally === undefined) {
          if (peers.size >= MOST) return;
          tally = { messages: 0, again: 0, requests: 0, others: null, frames: NONE };
          peers.set(text, tally);
        }
        tally.messages++;
        if (info.retransmissionOf === 0) return;
        tally.again++;
        if (m.isRequest) tally.requests++;
        if (tally.frames === NONE) tally.frames = [];
        if (tally.frames.length < 20) tally.frames.push(m.frame);
        tally.others ??= new Map();
        if (tally.others.size < 64 || tally.others.has(m.dst.text))
          tally.others.set(m.dst.text, (tally.others.get(m.dst.text) ?? 0) + 1);
      },
      end() {
        for (const [peer, { messages, again, requests, others, frames }] of peers) {
          const ratio = again / messages;
          if (messages < retransmissionMessages || ratio <= retransmissionWarningRatio) continue;
          const [other] = [...others!].sort((a, b) => b[1] - a[1])[0]!;
          const what = requests * 2 >= again ? 'requests' : 'responses';
          const percent = (ratio * 100).toFixed(1);
          const severity = ratio > retransmissionErrorRatio ? 'error' : 'warning';
          const evidence = [factEvidence(frames[0]!, 'packet', 'sent again', `${again} of ${messages}`)];
          report({
            message: 'ratio',
            data: { peer, percent, messages, what, other },
            at: [],
            peer,
            frames,
            severity,
            evidence,
          });
        }
      },
    };
  },
});

interface Tally {
  messages: number;
  again: number;
  requests: number;
  /** Of who sent nothing again there is nothing to list. */
  others: Map<string, number> | null;
  frames: number[];
}

const NONE: number[] = [];
const MOST = 20_000;
