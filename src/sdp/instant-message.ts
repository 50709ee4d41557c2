// Instant messaging as media: `m=message 5060 sip sip:alice@example.com`, `m=x-ms-message 5060 sip null`, and MSRP
// (RFC 4975 §8.1). The session border controller's guide tells IM dialogs by these two media types, in this case.
import type { MediaDescription } from './media.ts';
import type { SessionDescription } from './session.ts';

export function isInstantMessaging(media: string): boolean {
  return media === 'message' || media === 'x-ms-message';
}

/** At least one section is instant messaging. */
export function im(sd: SessionDescription): boolean {
  return sd.media.some((media) => isInstantMessaging(media.media));
}

/** Instant messaging together with any other media, which such a controller refuses with 488. */
export function mixed(sd: SessionDescription): boolean {
  return im(sd) && sd.media.some((media) => !isInstantMessaging(media.media));
}

/** RFC 4975 §8.1: TCP/MSRP or TCP/TLS/MSRP. */
export function isMsrp(media: MediaDescription): boolean {
  return /^TCP\/(TLS\/)?MSRP$/i.test(media.protocol);
}

/** The SIP URI in the format list of IM over SIP; undefined for `null`, MSRP and other media. */
export function imUri(media: MediaDescription): string | undefined {
  if (!isInstantMessaging(media.media)) return undefined;
  return media.formats.find((format) => /^(sips?|im|pres|tel):/i.test(format));
}
