// A session description → one short record for each m=, as lists and ladders show them.
import { codecsOf } from './codec.ts';
import type { Direction } from './direction.ts';
import { isInstantMessaging } from './instant-message.ts';
import type { MediaDescription } from './media.ts';
import type { SessionDescription } from './session.ts';

export interface MediaSummary {
  readonly media: string;
  /** NaN when the m= line has none. */
  readonly port: number;
  readonly protocol: string;
  readonly formats: readonly string[];
  /** `PCMU/8000`, in order of preference; empty for instant messaging. */
  readonly codecs: readonly string[];
  /** From the section's or the session's c=; '' when there is none. */
  readonly address: string;
  readonly direction: Direction;
  /** m=message or m=x-ms-message. */
  readonly im: boolean;
  /** Port 0. */
  readonly rejected: boolean;
}

export function summarizeMedia(sd: SessionDescription): MediaSummary[] {
  return sd.media.map(summarize);
}

function summarize(media: MediaDescription): MediaSummary {
  return {
    media: media.media,
    port: media.port,
    protocol: media.protocol,
    formats: media.formats,
    codecs: codecsOf(media),
    address: media.address,
    direction: media.direction,
    im: isInstantMessaging(media.media),
    rejected: media.rejected,
  };
}
