// Several m=message lines that became one (Cisco IM, Privacy), and the answer to it, which has to have as many lines as were
// offered (RFC 3264 §6; rules.md §16 Q3, SBC-46).
import { isInstantMessaging } from '../../sdp/instant-message.ts';
import type { MediaDescription } from '../../sdp/media.ts';
import { parseSdp, type SessionDescription } from '../../sdp/session.ts';
import { LineWriter } from './line-writer.ts';

/** The IM section that stands for all of them: the first that is alive. undefined when there is none. */
export function collapsedInto({ media }: SessionDescription): MediaDescription | undefined {
  const messages = media.filter((one) => isInstantMessaging(one.media));
  return messages.find(({ rejected }) => !rejected) ?? messages[0];
}

/**
 * The answer with a line of port 0 for each that `offer` (as it was received) had and privacy took out. An answer that
 * already has them, or that fits neither number, comes back as it is.
 */
export function repairCollapsedAnswer(offer: Buffer, answer: Buffer): Buffer {
  const offered = parseSdp(offer);
  const kept = collapsedInto(offered);
  const gone = new Set(offered.media.filter((one) => isInstantMessaging(one.media) && one !== kept));
  const answered = parseSdp(answer);
  if (gone.size === 0 || answered.media.length !== offered.media.length - gone.size) return answer;
  const writer = new LineWriter(answered);
  for (const line of answered.lines) writer.keep(line);
  let next = 0;
  for (const media of offered.media) {
    if (gone.has(media)) writer.add(refusal(media));
    else for (const line of answered.media[next++].lines) writer.keep(line);
  }
  return writer.octets();
}

/** RFC 3264 §8: a description has a line for each that the one before it had. Those that are missing come last, refused. */
export function keepSlots(previous: Buffer, next: Buffer): Buffer {
  const before = parseSdp(previous).media;
  const sd = parseSdp(next);
  if (sd.media.length >= before.length) return next;
  const writer = new LineWriter(sd);
  for (const line of sd.allLines) writer.keep(line);
  for (const media of before.slice(sd.media.length)) writer.add(refusal(media));
  return writer.octets();
}

/** RFC 3264 §6: an answer has no more lines than its offer. Refused ones beyond those go, from the last. */
export function withoutSlots(offer: Buffer, answer: Buffer): Buffer {
  const sd = parseSdp(answer);
  const kept = [...sd.media];
  const most = parseSdp(offer).media.length;
  while (kept.length > most && kept.at(-1)?.rejected === true) kept.pop();
  if (kept.length === sd.media.length) return answer;
  const writer = new LineWriter(sd);
  for (const line of sd.lines) writer.keep(line);
  for (const media of kept) for (const line of media.lines) writer.keep(line);
  return writer.octets();
}

/** Of media. */
export function lineCount(description: Buffer): number {
  return parseSdp(description).media.length;
}

/** RFC 3264 §6: port 0, the media type and transport of the offer; of the formats one is enough. */
function refusal({ media, protocol, formats }: MediaDescription): string {
  return `m=${media} 0 ${protocol || 'sip'} ${formats[0] || 'null'}`;
}
