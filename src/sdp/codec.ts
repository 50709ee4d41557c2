// The codecs of a media section, as `name/clock[/channels]`: from rtpmap, or fixed by RFC 3551 for static payload types.
import { isInstantMessaging } from './instant-message.ts';
import type { MediaDescription } from './media.ts';
import { staticPayloadType } from './payload-type.ts';

/**
 * In the order of the m= line, the preferred one first. A payload type that nothing explains stays a number. Media that is
 * not RTP has its formats as they stand (`t38`), instant messaging has none.
 */
export function codecsOf(media: MediaDescription): string[] {
  if (isInstantMessaging(media.media)) return [];
  if (!isRtp(media.protocol)) return media.formats.filter((format) => format !== '*');
  const { rtpmaps } = media;
  return media.formats.map((format) => rtpmaps.get(format) ?? staticPayloadType(Number(format)) ?? format);
}

/** RTP/AVP, RTP/SAVPF, UDP/TLS/RTP/SAVPF, TCP/RTP/AVP … */
export function isRtp(protocol: string): boolean {
  return /(^|\/)RTP\//i.test(protocol);
}
