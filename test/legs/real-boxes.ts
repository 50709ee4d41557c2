// Captures of real boxes with the truth of their legs beside them.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { LegPair } from '../../src/legs/pair.ts';
import { LegPairing } from '../../src/legs/pairing.ts';
import { readCaptures } from '../../src/pipeline.ts';

export const hasRealBoxes = existsSync(resolve(import.meta.dirname, '../../../shared/captures/sbc'));

/** Name of the truth → its captures: both halves of a split one are one set. */
export const REAL_BOXES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [
    ...['k-plain-udp', 'k-plain-tcp', 'k-topos-udp', 'k-topoh-udp', 'k-topohcid-udp'],
    ...['k-topohcid-delay-ident-udp', 's-basic-udp', 's-basic-ident-udp', 's-dlgid-udp', 's-hide-udp'],
  ].map((name) => [name, [`${name}.pcap`]] as const),
);
export const SPLIT = { 's-hide-split-udp': ['s-hide-split-udp.a.pcap', 's-hide-split-udp.b.pcap'] } as const;

export function truthOf(name: string): Set<string> {
  const { pairs } = JSON.parse(readFileSync(pathOf(`${name}.truth.json`), 'utf8')) as Truth;
  return new Set(pairs.map(({ a_call_id: a, b_call_id: b }) => `${a} ${b}`));
}

export async function pairsOf(files: readonly string[]): Promise<{ pairs: LegPair[]; unpaired: number }> {
  const pairs: LegPair[] = [];
  let unpaired = 0;
  const pairing = new LegPairing({ onPair: (pair) => pairs.push(pair), onUnpaired: () => unpaired++ });
  await readCaptures({
    inputs: files.map(pathOf),
    keepMessages: true,
    onCall: (call) => pairing.call(call),
  });
  pairing.end();
  return { pairs, unpaired };
}

/** A path stays as it is. */
export function pathOf(file: string): string {
  return resolve(import.meta.dirname, '../../../shared/captures/sbc', file);
}

interface Truth {
  readonly pairs: readonly { readonly a_call_id: string; readonly b_call_id: string }[];
}
