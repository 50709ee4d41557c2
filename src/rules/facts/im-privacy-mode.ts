// What a box did to an IM session description: anonymised it, left it, or did a part of it (Cisco IM, Privacy: "adjusts three
// fields", c=, o= and m=).
import { isInstantMessaging, isMsrp } from '../../sdp/instant-message.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import type { Side } from './crossing-side.ts';
import type { SdpFacts } from './sdp-facts.ts';

export interface ImPrivacyFields {
  /** Session c= is the box's own, and no media section has another. */
  readonly connection: boolean;
  /** o= has the box's address. */
  readonly origin: boolean;
  /** One m= line, anonymous at the box, beside those that are refused. */
  readonly mediaLine: boolean;
}

export type ImPrivacyMode = 'on' | 'off' | 'partial';

/** Null where it says nothing: MSRP, no IM, or a description that was anonymous when it came. */
export function imPrivacyMode(received: SdpFacts, sent: SdpFacts, out: Side): ImPrivacyMode | null {
  if (received.kind() !== 'im' || !sent.im || hasMsrp(received)) return null;
  const fields = imPrivacyFields(sent, out);
  const all = fields.connection && fields.origin && fields.mediaLine;
  if (received.octets.equals(sent.octets)) return all ? null : 'off';
  if (all) return 'on';
  return fields.connection || fields.origin || fields.mediaLine ? 'partial' : 'off';
}

export function imPrivacyFields(
  { description, messageLines, openMessageLines: open }: SdpFacts,
  out: Side,
): ImPrivacyFields {
  const session = description.connection?.address ?? '';
  const lines = open.length > 0 ? open : messageLines;
  const others = description.media.flatMap((media) => media.connections);
  return {
    connection: out.owns(session) && others.every(({ address }) => address === session),
    origin: out.owns(description.origin?.address ?? ''),
    mediaLine: lines.length === 1 && isAnonymous(lines[0]!, out),
  };
}

/** `m=message 5060 sip sip:anonymous@LOCAL` with whatever port. */
export function isAnonymous({ protocol, formats }: MediaDescription, out: Side): boolean {
  const [format = ''] = formats;
  const match = /^sips?:anonymous@\[?([^\]:;]+|[0-9a-f:.]+)\]?(?::\d+)?$/i.exec(format);
  return protocol === 'sip' && formats.length === 1 && match !== null && out.owns(match[1]!);
}

export function hasMsrp({ media }: SdpFacts): boolean {
  return media.some((one) => isInstantMessaging(one.media) && isMsrp(one));
}
