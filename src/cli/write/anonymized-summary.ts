// What was written of an anonymized capture, in one sentence: nothing is left blank silently.
import type { Anonymized } from '../../anonymize/anonymize-captures.ts';
import { grouped, plural } from '../../audit/words.ts';
import type { OutcomeName } from '../../network/outcome.ts';

/** `1,234 packets: 300 messages with pseudonyms; media of 800 blank; 12 blank (tls-no-keys 10, not-sip 2)`. */
export function anonymizedSummary({ ledger, messages, unplaced }: Anonymized): string {
  const outcomes = ledger.occurred();
  const media = outcomes.filter(([name]) => MEDIA.has(name));
  const unwrapped = outcomes.filter(([name]) => UNWRAPPED.has(name));
  const blank = outcomes.filter(([name]) => ![MEDIA, UNWRAPPED, KEPT].some((names) => names.has(name)));
  const parts = [`${plural(messages, 'message')} with pseudonyms`];
  if (media.length > 0) parts.push(`${plural(sum(media), 'packet')} of media without what was said`);
  if (unwrapped.length > 0)
    parts.push(`${plural(sum(unwrapped), 'packet')} of TLS and WebSockets without their own`);
  if (unplaced > 0)
    parts.push(
      `${plural(unplaced, 'message')} blank, since what carried ${unplaced === 1 ? 'it' : 'them'} cannot be written anew`,
    );
  if (blank.length > 0)
    parts.push(
      `${plural(sum(blank), 'packet')} blank (${blank.map(([name, count]) => `${name} ${grouped(count)}`).join(', ')})`,
    );
  return `${plural(ledger.read, 'packet')}; ${parts.join('; ')}`;
}

function sum(outcomes: readonly [OutcomeName, number][]): number {
  return outcomes.reduce((total, [, count]) => total + count, 0);
}

const MEDIA: ReadonlySet<OutcomeName> = new Set(['rtp', 'rtcp', 'stun']);
/** Handshakes and the like of streams whose messages are plain now. */
const UNWRAPPED: ReadonlySet<OutcomeName> = new Set(['tls', 'web-socket']);
/** Of these nothing is missing but what the messages among them are counted by. */
const KEPT: ReadonlySet<OutcomeName> = new Set([
  'sip',
  'sip-duplicate',
  'sip-keepalive',
  'sip-malformed',
  'sip-quoted',
  'empty',
  'tcp-retransmission',
  'tcp-keepalive',
  'sctp',
  'icmp',
]);
