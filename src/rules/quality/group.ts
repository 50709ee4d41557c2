// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import disconnectAndRegistrationDelay from './disconnect-and-registration-delay.ts';
import failureRatio from './failure-ratio.ts';
import postDialDelay from './post-dial-delay.ts';
import retransmissionRatio from './retransmission-ratio.ts';

export const RULES: readonly Rule[] = [
  postDialDelay,
  failureRatio,
  retransmissionRatio,
  disconnectAndRegistrationDelay,
];
