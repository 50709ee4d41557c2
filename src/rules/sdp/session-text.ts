// A session description as text without its o= line: what is compared to see whether a session changed.
import type { SdpFacts } from '../facts/sdp-facts.ts';

export function sessionText({ description }: SdpFacts): string {
  const lines = description.allLines.filter(({ type }) => type !== 'o' && type !== '');
  return lines.map((line) => `${line.type}=${description.text(line).trimEnd()}`).join('\n');
}
