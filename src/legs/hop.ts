// Whether a far leg may carry on a near one, by their addresses alone: a box gets a request at one side and sends one at the
// other. Where several boxes share an ip (a loopback), ports tell them apart.
import type { Leg } from './leg.ts';
import type { LegTraits } from './traits.ts';

/** The far leg leaves the very address that the near one came to. */
export function sameAddress(near: Leg, far: LegTraits): boolean {
  const { from } = far.leg;
  if (near.to.ip !== from.ip) return false;
  if (!isCrowded(near) && !isCrowded(far.leg)) return true;
  return near.to.port === from.port || far.sentBy === near.to.text;
}

/** It goes on from the near one, rather than again over the same hop, or to where the near one already was. */
export function mayCarryOn(near: Leg, far: LegTraits): boolean {
  if (sameAddress(near, far)) return true;
  const { from, to } = far.leg;
  if (isCrowded(near) || isCrowded(far.leg)) return from.text !== near.from.text && to.text !== near.to.text;
  return from.ip !== near.from.ip && to.ip !== near.to.ip;
}

/** Names the box that a leg comes to: by its port too where several share an ip. */
export function hopName(leg: Leg): string {
  return isCrowded(leg) ? leg.to.text : leg.to.ip;
}

/** Both its ends are at one ip. */
function isCrowded({ from, to }: Leg): boolean {
  return from.ip === to.ip;
}
