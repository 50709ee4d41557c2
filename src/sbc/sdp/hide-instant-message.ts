// The description of an IM session made anonymous (Cisco IM, Privacy for SIP Instant Messaging; SBC-40…44): c= and o= are
// the SBC's own, and one line `m=message 5060 sip sip:anonymous@LOCAL` stands for all m=message lines.
import { isInstantMessaging } from '../../sdp/instant-message.ts';
import type { SdpLine } from '../../sdp/line.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { parseSdp, type SessionDescription } from '../../sdp/session.ts';
import { collapsedInto } from './collapsed-lines.ts';
import { LineWriter } from './line-writer.ts';
import { anonymousUri, type OwnDescription, ownAddress, ownOrigin } from './own-description.ts';
import { isTellingAttribute, sessionName } from './telling-line.ts';

/**
 * `slots`: the other IM lines stay as refused ones, for an answer to an offer that has them. Lines that are out of
 * place, or no `<letter>=…`, go: nobody can say what they tell.
 */
export function hideInstantMessage(received: Buffer, own: OwnDescription, slots = false): Buffer {
  const sd = parseSdp(received);
  const writer = new LineWriter(sd);
  const kept = collapsedInto(sd);
  writeSession(writer, sd, own, sd.media.filter(isMessage).length > 1);
  for (const media of sd.media) {
    if (isMessage(media) && media !== kept) {
      if (slots) writer.add(anonymousLine(media, 0, own));
      continue;
    }
    // RFC 3264 §6: port 0 refuses the line, and stays.
    if (media === kept) writer.add(anonymousLine(media, media.rejected ? 0 : own.imPort, own));
    else writer.keep(media.line);
    for (const line of media.lines.slice(1)) {
      if (IN_MEDIA.has(line.type) && staysIfAttribute(sd, line, own)) writer.keep(line);
    }
  }
  return writer.octets();
}

function writeSession(
  writer: LineWriter,
  sd: SessionDescription,
  own: OwnDescription,
  isCollapsed: boolean,
): void {
  let hasOrigin = false;
  let hasConnection = false;
  for (const line of sd.lines) {
    // RFC 8866 §5: the order of lines is fixed, o= is the second, and what stands above c= is v, o, s, i, u, e, p.
    if (!hasOrigin && line.type !== 'v') {
      writer.add(ownOrigin(own));
      hasOrigin = true;
    }
    if (!hasConnection && !ABOVE_CONNECTION.has(line.type)) {
      writer.add(`c=${ownAddress(own)}`);
      hasConnection = true;
    }
    if (line.type === 's') {
      const name = sessionName(sd.text(line));
      if (name === '-') writer.add('s=-');
      else writer.keep(line);
    } else if (IN_SESSION.has(line.type) && staysIfAttribute(sd, line, own)) {
      // RFC 5888 §6: a group names sections that are gone.
      if (isCollapsed && line.type === 'a' && /^group:/i.test(sd.text(line))) continue;
      writer.keep(line);
    }
  }
  if (!hasOrigin) writer.add(ownOrigin(own));
  if (!hasConnection) writer.add(`c=${ownAddress(own)}`);
}

/** The media type stays (SBC-43). */
function anonymousLine({ media }: MediaDescription, port: number, own: OwnDescription): string {
  return `m=${media} ${port} sip ${anonymousUri(own)}`;
}

function staysIfAttribute(sd: SessionDescription, line: SdpLine, own: OwnDescription): boolean {
  if (line.type !== 'a') return true;
  return own.attributes === 'keep' && !isTellingAttribute(sd.text(line));
}

function isMessage({ media }: MediaDescription): boolean {
  return isInstantMessaging(media);
}

const ABOVE_CONNECTION: ReadonlySet<string> = new Set(['', 'v', 'o', 's', 'i', 'u', 'e', 'p']);
/** Lines that tell nothing. k= is a key, or says where one is (RFC 8866 §5.12). */
const IN_SESSION: ReadonlySet<string> = new Set(['v', 'b', 't', 'r', 'z', 'a']);
const IN_MEDIA: ReadonlySet<string> = new Set(['b', 'a']);
