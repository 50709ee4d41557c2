// A recorded message of a peer → as it would have been, had other octets reached the peer. Octets are only made where they differ.
import { Draft } from '../sbc/message/draft.ts';
import { withTag } from '../sbc/message/tag.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { messageOf } from '../sip/parse.ts';

/** A response to the request that was recorded, as it would answer the predicted one (RFC 3261 §8.2.6.2). */
export function answerTo(predicted: SipMessage, recorded: SipMessage, response: SipMessage): SipMessage {
  if (ECHOED.every((id) => sameValues(predicted, recorded, id))) return response;
  const draft = new Draft(response);
  for (const id of [HEADER.Via, HEADER['Call-ID'], HEADER.CSeq, HEADER.From])
    draft.replaceValues(id, predicted.values(id));
  const to = predicted.value(HEADER.To);
  if (to !== undefined) draft.set(HEADER.To, predicted.toTag === '' ? withTag(to, response.toTag) : to);
  // RFC 3261 §16.6 step 4: proxies beyond have put their own above.
  const routes = response.values(HEADER['Record-Route']);
  const echoed = recorded.values(HEADER['Record-Route']);
  const beyond = routes.slice(0, Math.max(0, routes.length - echoed.length));
  draft.replaceValues(HEADER['Record-Route'], [...beyond, ...predicted.values(HEADER['Record-Route'])]);
  return made(draft, response);
}

/** The message that a draft makes, seen where and when the first was. */
export function made(draft: Draft, like: SipMessage): SipMessage {
  const message = messageOf(draft.octets());
  if (message === null) return like;
  message.frame = like.frame;
  message.frames = like.frames;
  message.seconds = like.seconds;
  message.nanoseconds = like.nanoseconds;
  message.src = like.src;
  message.dst = like.dst;
  message.transport = like.transport;
  return message;
}

function sameValues(one: SipMessage, other: SipMessage, id: number): boolean {
  const [mine, theirs] = [one.values(id), other.values(id)];
  return mine.length === theirs.length && mine.every((value, index) => value === theirs[index]);
}

const ECHOED = [
  ...[HEADER.Via, HEADER['Call-ID'], HEADER.CSeq, HEADER.From, HEADER.To],
  HEADER['Record-Route'],
];
