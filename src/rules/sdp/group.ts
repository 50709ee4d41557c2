// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import answerMlineCount from './answer-mline-count.ts';
import connectionMissing from './connection-missing.ts';
import directionAndHold from './direction-and-hold.ts';
import lineOrder from './line-order.ts';
import mandatoryLine from './mandatory-line.ts';
import noCommonCodec from './no-common-codec.ts';
import offerAnswerState from './offer-answer-state.ts';
import originVersion from './origin-version.ts';
import rtpmap from './rtpmap.ts';

export const RULES: readonly Rule[] = [
  lineOrder,
  mandatoryLine,
  connectionMissing,
  answerMlineCount,
  noCommonCodec,
  rtpmap,
  offerAnswerState,
  directionAndHold,
  originVersion,
];
