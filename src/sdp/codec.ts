// The codecs of a media section, as `name/clock[/channels]`: from rtpmap, or fixed by RFC 3551 for static payload types.
import { isInstantMessaging } from './instant-message.ts';
import type { MediaDescription } from './media.ts';
import { staticPayloadType } from './payload-type.ts';
import { parseRtpmap, rtpmapText } from './rtpmap.ts';

/**
 * In the order of the m= line, the preferred one first. A payload type that nothing explains stays a number. Media that is
 * not RTP has its formats as they stand (`t38`), instant messaging has none.
 */
export function codecsOf(media: MediaDescription): string[] {
  if (isInstantMessaging(media.media)) return [];
  if (!isRtp(media.protocol)) return media.formats.filter((format) => format !== '*');
  const maps = rtpmapTexts(media);
  return media.formats.map((format) => maps.get(format) ?? staticPayloadType(Number(format)) ?? format);
}

/** Payload type as text → codec, from the section's rtpmap attributes; the first one counts. */
export function rtpmapTexts(media: MediaDescription): Map<string, string> {
  const maps = new Map<string, string>();
  for (const value of media.attributeValues('rtpmap')) {
    const map = parseRtpmap(value);
    if (map === undefined) continue;
    const key = String(map.payloadType);
    if (!maps.has(key)) maps.set(key, rtpmapText(map));
  }
  return maps;
}

/** RTP/AVP, RTP/SAVPF, UDP/TLS/RTP/SAVPF, TCP/RTP/AVP … */
export function isRtp(protocol: string): boolean {
  return /(^|\/)RTP\//i.test(protocol);
}
