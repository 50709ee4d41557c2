// Is a stream on hold? RFC 3264 §8.4: the side that holds offers sendonly or inactive; RFC 2543 said c=0.0.0.0.
import { isUnspecified } from './connection.ts';
import type { MediaDescription } from './media.ts';
import type { SessionDescription } from './session.ts';

/** `direction`: a=sendonly or inactive. `address`: the unspecified address, the older way. */
export type Hold = 'direction' | 'address';

/** Whether the sender of this section puts the stream on hold, and how; undefined for refused streams too. */
export function holdOf(media: MediaDescription): Hold | undefined {
  if (media.rejected) return undefined;
  const { direction } = media;
  if (direction === 'sendonly' || direction === 'inactive') return 'direction';
  return isUnspecified(media.address) ? 'address' : undefined;
}

/** Every stream that is not refused is on hold. */
export function isHeld(sd: SessionDescription): boolean {
  const open = sd.media.filter((media) => !media.rejected);
  return open.length > 0 && open.every((media) => holdOf(media) !== undefined);
}
