// What two legs carry as RTP: the same SSRC on both is one stream that a box relays (RFC 3550 §8.1), unless a recording is
// played into many calls. A box that transcodes makes one of its own; where one never does, another SSRC is another call.
import type { Frames, Surroundings } from './compare.ts';
import type { Evidence } from './evidence.ts';
import type { LegTraits } from './traits.ts';

export function compareMedia(
  x: LegTraits,
  y: LegTraits,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
): void {
  if (x.ssrcs.size === 0 || y.ssrcs.size === 0) return;
  let differ = around.relays;
  for (const [ssrc, frame] of x.ssrcs) {
    const other = y.ssrcs.get(ssrc);
    if (other === undefined) continue;
    differ = false;
    if (around.sharing('ssrc', String(ssrc)) > 1) continue;
    const shown = found.keeps ? hexadecimal(ssrc) : '';
    found.add('ssrc', 1, shown, shown, frame, other);
    break;
  }
  if (differ) found.oppose('ssrc-differs', listed(x.ssrcs, found), listed(y.ssrcs, found), a, b);
}

function listed(ssrcs: ReadonlyMap<number, number>, { keeps }: Evidence): string {
  return keeps ? [...ssrcs.keys()].map(hexadecimal).join(' ') : '';
}

function hexadecimal(ssrc: number): string {
  return `0x${ssrc.toString(16).padStart(8, '0')}`;
}
