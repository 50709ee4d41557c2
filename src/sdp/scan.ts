// The same summaries as `summarizeMedia(parseSdp(…))`, in one pass over the octets and without a description being built:
// the correlator asks this of every message with a body. Only m=, c= and the few attributes that matter are looked at.
import { isRtp } from './codec.ts';
import { parseConnection } from './connection.ts';
import { type Direction, isDirection } from './direction.ts';
import { isInstantMessaging } from './instant-message.ts';
import { MAX_LINES } from './line.ts';
import { type MediaLine, parseMediaLine } from './media-line.ts';
import { staticPayloadType } from './payload-type.ts';
import { parseRtpmap, rtpmapText } from './rtpmap.ts';
import type { MediaSummary } from './summary.ts';

/** Kinds of media as bits. */
export const MEDIA_KIND = { audio: 1, video: 2, im: 4, other: 8 } as const;

/** Which kinds of media `data[start, end)` has, refused ones too: a sum of MEDIA_KIND. */
export function mediaKinds(data: Buffer, start: number, end: number): number {
  let kinds = 0;
  let lines = 0;
  for (let at = start; at < end && lines < MAX_LINES; lines++) {
    const stop = lineStop(data, at, end);
    if (data[at] === M && data[at + 1] === EQUALS && at + 2 <= stop) kinds |= kindAt(data, at + 2, stop);
    at = nextLine(data, stop, end);
  }
  return kinds;
}

/** One summary for each m= of `data[start, end)`. */
export function scanMedia(data: Buffer, start: number, end: number): MediaSummary[] {
  const session: Level = { address: undefined, direction: undefined };
  const media: Draft[] = [];
  let level = session;
  let draft: Draft | undefined;
  let lines = 0;
  for (let at = start; at < end && lines < MAX_LINES; lines++) {
    const stop = lineStop(data, at, end);
    if (stop - at >= 2 && data[at + 1] === EQUALS) {
      const type = data[at];
      if (type === A) readAttribute(data, at + 2, stop, level, draft);
      else if (type === C) level.address ??= address(data, at + 2, stop);
      else if (type === M) {
        draft = {
          address: undefined,
          direction: undefined,
          line: mediaLine(data, at + 2, stop),
          maps: undefined,
          bundleOnly: false,
        };
        level = draft;
        media.push(draft);
      }
    }
    at = nextLine(data, stop, end);
  }
  return media.map((one) => finish(one, session));
}

/** Of each medium only where it is wanted: what scanMedia says of address and port. */
export function eachMediaAddress(
  data: Buffer,
  start: number,
  end: number,
  give: (address: string, port: number) => void,
): void {
  let ofSession: string | undefined;
  let ofMedium: string | undefined;
  let port: number | undefined;
  let lines = 0;
  for (let at = start; at < end && lines < MAX_LINES; lines++) {
    const stop = lineStop(data, at, end);
    const type = stop - at >= 2 && data[at + 1] === EQUALS ? data[at] : 0;
    if (type === M) {
      if (port !== undefined) give(ofMedium ?? ofSession ?? '', port);
      ofMedium = undefined;
      port = mediaLine(data, at + 2, stop).port;
    } else if (type === C) {
      if (port === undefined) ofSession ??= address(data, at + 2, stop);
      else ofMedium ??= address(data, at + 2, stop);
    }
    at = nextLine(data, stop, end);
  }
  if (port !== undefined) give(ofMedium ?? ofSession ?? '', port);
}

interface Level {
  address: string | undefined;
  direction: Direction | undefined;
}

interface Draft extends Level {
  readonly line: MediaLine;
  maps: Map<string, string> | undefined;
  bundleOnly: boolean;
}

function mediaLine(data: Buffer, start: number, end: number): MediaLine {
  return parseMediaLine(data.toString('utf8', start, end));
}

function readAttribute(
  data: Buffer,
  start: number,
  end: number,
  level: Level,
  draft: Draft | undefined,
): void {
  // Two letters rule most attributes out before a string is made.
  const letters = (data[start] << 8) | data[start + 1];
  if (letters === RT) {
    if (draft === undefined || data[start + 2] !== 0x70 || data[start + 6] !== COLON || start + 6 >= end)
      return;
    const map =
      data.toString('latin1', start, start + 6) === 'rtpmap'
        ? parseRtpmap(data.toString('utf8', start + 7, end))
        : undefined;
    if (map === undefined) return;
    const key = String(map.payloadType);
    draft.maps ??= new Map();
    if (!draft.maps.has(key)) draft.maps.set(key, rtpmapText(map));
  } else if (letters === SE || letters === RE || letters === IN || letters === BU) {
    const text = data.toString('utf8', start, end);
    const colon = text.indexOf(':');
    const name = colon < 0 ? text.trimEnd() : text.slice(0, colon);
    if (isDirection(name)) level.direction = name;
    else if (draft !== undefined && name === 'bundle-only') draft.bundleOnly = true;
  }
}

// `IN IP4 192.0.2.1/127` → the third word up to a slash. Values that end oddly take the long way.
function address(data: Buffer, start: number, end: number): string {
  const last = end > start ? data[end - 1] : SPACE;
  if (last <= SPACE || last >= 0x7f) return parseConnection(data.toString('utf8', start, end)).address;
  const from = afterSpace(data, afterSpace(data, start, end), end);
  let to = from;
  while (to < end && data[to] !== SPACE && data[to] !== SLASH) to++;
  return data.toString('utf8', from, to);
}

function afterSpace(data: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && data[at] !== SPACE) at++;
  return at < end ? at + 1 : end;
}

function finish(draft: Draft, session: Level): MediaSummary {
  const { media, port, protocol, formats } = draft.line;
  const im = isInstantMessaging(media);
  return {
    media,
    port,
    protocol,
    formats,
    codecs: im ? [] : codecs(draft, protocol, formats),
    address: draft.address ?? session.address ?? '',
    direction: draft.direction ?? session.direction ?? 'sendrecv',
    im,
    rejected: port === 0 && !draft.bundleOnly,
  };
}

function codecs(draft: Draft, protocol: string, formats: readonly string[]): string[] {
  if (!isRtp(protocol)) return formats.filter((format) => format !== '*');
  return formats.map((format) => draft.maps?.get(format) ?? staticPayloadType(Number(format)) ?? format);
}

function kindAt(data: Buffer, start: number, end: number): number {
  let stop = start;
  while (stop < end && data[stop] > SPACE && data[stop] < 0x7f) stop++;
  const plain = stop > start && (stop === end || data[stop] === SPACE);
  if (!plain) return kindOf(mediaLine(data, start, end).media);
  switch (stop - start) {
    case 5:
    case 7:
    case 12:
      return kindOf(data.toString('latin1', start, stop));
    default:
      return MEDIA_KIND.other;
  }
}

function kindOf(media: string): number {
  if (media === 'audio') return MEDIA_KIND.audio;
  if (media === 'video') return MEDIA_KIND.video;
  return isInstantMessaging(media) ? MEDIA_KIND.im : MEDIA_KIND.other;
}

function lineStop(data: Buffer, at: number, end: number): number {
  let stop = at;
  while (stop < end && data[stop] !== LF && data[stop] !== CR) stop++;
  return stop;
}

function nextLine(data: Buffer, stop: number, end: number): number {
  if (stop >= end) return end;
  return stop + (data[stop] === CR && stop + 1 < end && data[stop + 1] === LF ? 2 : 1);
}

const CR = 13;
const LF = 10;
const SPACE = 32;
const SLASH = 47;
const EQUALS = 61;
const COLON = 58;
const A = 0x61;
const C = 0x63;
const M = 0x6d;
const RT = 0x7274;
const SE = 0x7365;
const RE = 0x7265;
const IN = 0x696e;
const BU = 0x6275;
