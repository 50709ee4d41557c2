// A finding to begin from, with what a test is about put in.
import type { Finding } from '../../src/rules/finding.ts';

export function finding(more: Partial<Finding> = {}): Finding {
  return {
    rule: 'message/max-forwards',
    severity: 'warning',
    confidence: 1,
    call: { id: 1, callId: 'call-1@192.0.2.10', kind: 'call' },
    legs: [{ callId: 'call-1@192.0.2.10', from: '192.0.2.10:5060', to: '192.0.2.20:5060' }],
    frames: [1],
    time: '2026-01-05T10:00:00.000000000Z',
    peer: '192.0.2.10:5060',
    userAgent: 'Phone A/1.0',
    evidence: [{ frame: 1, kind: 'header', name: 'Max-Forwards', value: '(absent)', offset: -1 }],
    message: 'INVITE has no Max-Forwards',
    key: 'missing',
    fix: 'Write it.',
    sources: ['RFC 3261 §8.1.1.6'],
    tags: [],
    count: 1,
    ...more,
  };
}
