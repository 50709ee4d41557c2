// An offer and its answer, media by media (RFC 3264 §6): what was accepted, what is common, what breaks which clause.
import { codecsOf } from './codec.ts';
import { ANSWERS, type Direction } from './direction.ts';
import { groupsOf } from './group.ts';
import { isInstantMessaging } from './instant-message.ts';
import type { MediaDescription } from './media.ts';
import type { SessionDescription } from './session.ts';

export interface OfferAnswer {
  readonly offered: number;
  readonly answered: number;
  /** One for each m= of the longer of the two, in order. */
  readonly media: readonly MediaPair[];
  /** Identifiers of sections that both sides put in one BUNDLE group. */
  readonly bundled: readonly string[];
  readonly breaches: readonly Breach[];
}

export interface MediaPair {
  readonly index: number;
  /** Undefined where the other side has more sections. */
  readonly offer: MediaDescription | undefined;
  readonly answer: MediaDescription | undefined;
  readonly accepted: boolean;
  readonly sameMedia: boolean;
  readonly sameProtocol: boolean;
  readonly sameMid: boolean;
  /** As the answer names them, in its order; codecs compare by name, clock and channels, not by number. */
  readonly commonCodecs: readonly string[];
  readonly offerDirection: Direction | undefined;
  readonly answerDirection: Direction | undefined;
  readonly directionAllowed: boolean;
}

/** Something that the clause does not allow. */
export interface Breach {
  readonly code: BreachCode;
  /** Index of the m=; -1 for the whole description. */
  readonly index: number;
  readonly clause: string;
  readonly message: string;
}

export type BreachCode =
  | 'media-count'
  | 'time'
  | 'media-type'
  | 'protocol'
  | 'revived'
  | 'no-common-codec'
  | 'direction'
  | 'mid'
  | 'bundle';

export function compareOfferAnswer(offer: SessionDescription, answer: SessionDescription): OfferAnswer {
  const pairs: MediaPair[] = [];
  for (let index = 0; index < Math.max(offer.media.length, answer.media.length); index++) {
    pairs.push(pair(index, offer.media[index], answer.media[index]));
  }
  const bundle = compareBundles(offer, answer);
  const breaches: Breach[] = [];
  if (offer.media.length !== answer.media.length) {
    const message = `${answer.media.length} media in the answer to ${offer.media.length} offered`;
    breaches.push({ code: 'media-count', index: -1, clause: 'RFC 3264 §6', message });
  }
  if (timesDiffer(offer, answer)) {
    const message = `t=${answer.first('t')} answers t=${offer.first('t')}`;
    breaches.push({ code: 'time', index: -1, clause: 'RFC 3264 §6', message });
  }
  for (const one of pairs) breaches.push(...breachesOf(one));
  for (const mid of bundle.foreign) {
    const message = `${mid} is bundled in the answer, but was not in the offer`;
    breaches.push({ code: 'bundle', index: -1, clause: 'RFC 9143 §7.3', message });
  }
  return {
    offered: offer.media.length,
    answered: answer.media.length,
    media: pairs,
    bundled: bundle.common,
    breaches,
  };
}

function pair(
  index: number,
  offer: MediaDescription | undefined,
  answer: MediaDescription | undefined,
): MediaPair {
  const offerDirection = offer?.direction;
  const answerDirection = answer?.direction;
  return {
    index,
    offer,
    answer,
    accepted: offer !== undefined && answer !== undefined && !answer.rejected,
    sameMedia: offer?.media === answer?.media,
    sameProtocol: offer?.protocol === answer?.protocol,
    sameMid: offer?.mid === answer?.mid,
    commonCodecs: offer && answer ? commonCodecs(offer, answer) : [],
    offerDirection,
    answerDirection,
    directionAllowed:
      offerDirection === undefined ||
      answerDirection === undefined ||
      ANSWERS[offerDirection].includes(answerDirection),
  };
}

function commonCodecs(offer: MediaDescription, answer: MediaDescription): string[] {
  const offered = new Set(codecsOf(offer).map(comparable));
  return codecsOf(answer).filter((codec) => offered.has(comparable(codec)));
}

// RFC 8866 §6.6: encoding names do not depend on case; `/1` channel is the default.
function comparable(codec: string): string {
  return codec.toLowerCase().replace(/^([^/]+\/\d+)\/1$/, '$1');
}

function* breachesOf(one: MediaPair): Generator<Breach> {
  const { index, offer, answer } = one;
  if (offer === undefined || answer === undefined) return;
  if (!one.sameMedia) {
    const message = `m=${answer.media} answers m=${offer.media}`;
    yield { code: 'media-type', index, clause: 'RFC 3264 §6.1', message };
  }
  if (!one.accepted) return;
  if (offer.rejected) {
    const message = `m=${offer.media} was offered with port 0, answered with ${answer.port}`;
    yield { code: 'revived', index, clause: 'RFC 3264 §8.2', message };
  }
  // In no clause in so many words: §6 lets an answer take or refuse what was offered, not change its transport.
  if (!one.sameProtocol) {
    const message = `${answer.protocol} answers ${offer.protocol}`;
    yield { code: 'protocol', index, clause: 'RFC 3264 §6', message };
  }
  if (one.commonCodecs.length === 0 && !isInstantMessaging(answer.media) && !wildcard(offer, answer)) {
    const message = `none of ${codecsOf(answer).join(' ')} was offered (${codecsOf(offer).join(' ')})`;
    yield { code: 'no-common-codec', index, clause: 'RFC 3264 §6.1', message };
  }
  if (!one.directionAllowed) {
    const message = `${one.answerDirection} answers ${one.offerDirection}`;
    yield { code: 'direction', index, clause: 'RFC 3264 §6.1', message };
  }
  if (offer.mid !== undefined && !one.sameMid) {
    const message =
      answer.mid === undefined ? `no a=mid for ${offer.mid}` : `a=mid:${answer.mid} for ${offer.mid}`;
    yield { code: 'mid', index, clause: 'RFC 5888 §9.1', message };
  }
}

// A `*` says nothing of what is behind it.
function wildcard(offer: MediaDescription, answer: MediaDescription): boolean {
  return offer.formats.includes('*') || answer.formats.includes('*');
}

// §6: the time of a session cannot be negotiated. One that is missing is told elsewhere.
function timesDiffer(offer: SessionDescription, answer: SessionDescription): boolean {
  const [offered, answered] = [offer.timings, answer.timings];
  if (offered.length === 0 || answered.length === 0) return false;
  return !Object.is(offered[0].start, answered[0].start) || !Object.is(offered[0].stop, answered[0].stop);
}

function compareBundles(
  offer: SessionDescription,
  answer: SessionDescription,
): { common: string[]; foreign: string[] } {
  const offered = new Set(bundledIn(offer));
  const answered = bundledIn(answer);
  return {
    common: answered.filter((mid) => offered.has(mid)),
    foreign: answered.filter((mid) => !offered.has(mid)),
  };
}

function bundledIn(sd: SessionDescription): string[] {
  return groupsOf(sd).flatMap((group) => (group.semantics === 'BUNDLE' ? group.mids : []));
}
