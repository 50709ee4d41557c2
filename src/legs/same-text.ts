// Text that many legs have alike (what a phone calls itself, what its descriptions offer) is held once for all that wait.
import { remembered } from '../sip/remembered.ts';

/** The same text, as it was seen before where it was. */
export const sameText: (text: string) => string = remembered((text) => text, 256, Number.POSITIVE_INFINITY);
