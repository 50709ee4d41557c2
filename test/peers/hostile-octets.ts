// What a hostile sender throws: torture messages, random octets, and messages with octets changed, cut out, doubled and swapped.
import { readFileSync } from 'node:fs';
import type { SeededRandom } from '../differential/seeded-random.ts';
import { HAS_TORTURE, tortureNames, tortureOctets } from '../sip/torture-files.ts';

export const whetherTorture = HAS_TORTURE ? '' : ' (torture messages SKIPPED: there is no ../shared/torture)';

export function tortureMessages(): Buffer[] {
  return (['rfc4475', 'rfc5118'] as const).flatMap((set) =>
    tortureNames(set).map((name) => tortureOctets(set, name)),
  );
}

export function randomOctets(random: SeededRandom, most: number): Buffer {
  return Buffer.from(Array.from({ length: random.below(most) }, () => random.below(256)));
}

/** The messages of SIPp's scenarios, made whole: each begins some dialog or speaks of one that there is not. */
export function scenarioMessages(scenario: string): Buffer[] {
  const xml = readFileSync(new URL(`scenarios/${scenario}.xml`, import.meta.url), 'latin1');
  return [...xml.matchAll(/<!\[CDATA\[\n([\s\S]*?)\]\]>/g)].map(([, text = '']) => {
    const filled = text
      .replace(/\[next_url\]/g, 'sip:callee@127.0.0.20')
      .replace(/^\[(last_\w+|routes).*\n/gm, '')
      .replace(/\[branch\]/g, 'z9hG4bKhostile')
      .replace(/\[len\]/g, '150')
      .replace(/\[via\]/g, 'UDP')
      .replace(/\[play\]/g, 'nobody')
      .replace(/\[ip\]/g, '127.0.0.11')
      .replace(/\[\w*port\w*\]/g, '5060')
      .replace(/\[\w+\]/g, '1');
    return Buffer.from(filled.replace(/\n/g, '\r\n'), 'latin1');
  });
}

/** One to eight changes. */
export function mutated(random: SeededRandom, message: Buffer): Buffer {
  let octets = Buffer.from(message);
  for (let left = 1 + random.below(8); left > 0 && octets.length > 0; left--) {
    const at = random.below(octets.length);
    const length = 1 + random.below(16);
    const [before, taken, after] = [
      octets.subarray(0, at),
      octets.subarray(at, at + length),
      octets.subarray(at + length),
    ];
    switch (random.below(5)) {
      case 0:
        octets = Buffer.concat([before, after]);
        break;
      case 1:
        octets = Buffer.concat([before, taken, taken, after]);
        break;
      case 2:
        octets = Buffer.concat([before, randomOctets(random, 8), after]);
        break;
      case 3:
        octets[at] = TELLING.charCodeAt(random.below(TELLING.length));
        break;
      default:
        octets[at] = random.below(256);
    }
  }
  return octets;
}

const TELLING = '\r\n\t :;,<>"=@%\\/?0\x00\xff';
