// Why the near side of a crossing is hidden from the far one, as far as Record-Route goes: privacy of either party, or topology
// hiding (Cisco IM, Record-Route Passthrough Configuration).
import type { Crossing } from './crossing.ts';
import type { Verdict } from './verdict.ts';

/** Null when it is not. */
export function hidingVerdict(crossing: Crossing): Verdict | null {
  const { hiding, anyPrivacy } = crossing;
  if (hiding.holds) return hiding;
  return anyPrivacy.holds ? anyPrivacy : null;
}
