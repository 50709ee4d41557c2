// RFC 3261 §7.5, §18.3, §20.14: on a stream Content-Length alone says where a message ends and the next begins.
import type { Diagnostic } from '../../capture/diagnostic.ts';
import { factEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'transport/tcp-framing',
    severity: 'error',
    scope: 'capture',
    tier: 1,
    since: '0.2.0',
    summary: 'A stream of SIP can be cut into messages by Content-Length.',
    why: 'One wrong length, and every message after it on the connection is misread, until somebody closes it.',
    exceptions: [
      'Line ends between messages, which keep the connection alive.',
      'Several messages in one segment, and one in several.',
      'Octets that the capture lost: counted as not checked.',
    ],
    fix: 'Have the sender count the octets of each body anew, above all after a box on the way changed it.',
    sources: [
      { document: 'RFC 3261', section: '18.3', says: 'Content-Length must be used with streams' },
      { document: 'RFC 3261', section: '7.5', says: 'line ends before a start line are ignored' },
      { document: 'RFC 3261', section: '20.14', says: 'the number of octets' },
    ],
    messages: {
      'no-length': 'A message on a stream has no Content-Length',
      'bad-length': 'A message on a stream has a Content-Length that cannot be used',
      'too-long': 'Content-Length on a stream reaches into the next message',
      unframed: 'After a message on a stream comes neither a line end nor a start line',
      endless: 'The headers of a message on a stream do not end',
    },
  },
  create({ report, notChecked }) {
    // Packets after a gap, or of what was told already: what is skipped there proves nothing more.
    const excused = new Set<number>();
    return {
      diagnostic(diagnostic) {
        const { code, frames = [] } = diagnostic;
        if (LOST.has(code)) {
          notChecked('octets of a stream are missing in the capture');
          excuse(frames);
          return;
        }
        const key = KEYS[code];
        if (key === undefined || (key === 'unframed' && frames.some((frame) => excused.has(frame)))) return;
        report({ message: key, at: [], frames, evidence: [proof(diagnostic)] });
        if (key !== 'unframed') excuse(frames);
      },
    };

    function excuse(frames: readonly number[]): void {
      for (const frame of frames) excused.add(frame);
      while (excused.size > MAX_FRAMES) excused.delete(excused.values().next().value!);
    }
  },
});

function proof({ message, frames }: Diagnostic) {
  return factEvidence(frames?.[0] ?? 0, 'packet', 'stream', message);
}

type Key = 'no-length' | 'bad-length' | 'too-long' | 'unframed' | 'endless';

/** By what the framing says (src/sip/framing/framing.ts). */
const KEYS: Readonly<Record<string, Key>> = {
  'sip/no-content-length': 'no-length',
  'sip/bad-content-length': 'bad-length',
  'sip/content-length-conflict': 'bad-length',
  'sip/content-length-absurd': 'bad-length',
  'sip/content-length-too-long': 'too-long',
  'sip/tcp-resync': 'unframed',
  'sip/header-section-too-long': 'endless',
};
const LOST: ReadonlySet<string> = new Set([
  'tcp/gap',
  'tcp/held-too-much',
  'tcp/overlap-differs',
  'sip/tcp-buffer-full',
  'sip/message-truncated',
  'sip/message-lost',
]);
const MAX_FRAMES = 4096;
