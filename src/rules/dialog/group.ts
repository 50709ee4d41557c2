// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import successBeforePrack from './2xx-before-prack.ts';
import reliableMisuse from './100rel-misuse.ts';
import ackMalformed from './ack-malformed.ts';
import ackMissing from './ack-missing.ts';
import byeMissing from './bye-missing.ts';
import byeWrongState from './bye-wrong-state.ts';
import cancelMismatch from './cancel-mismatch.ts';
import cancelNo487 from './cancel-no-487.ts';
import cancelTiming from './cancel-timing.ts';
import cseqOrder from './cseq-order.ts';
import forkUnhandled from './fork-unhandled.ts';
import inviteGlare from './invite-glare.ts';
import mergedRequest from './merged-request.ts';
import prackMissing from './prack-missing.ts';
import provisionalToNonInvite from './provisional-to-non-invite.ts';
import rackMismatch from './rack-mismatch.ts';
import retransmissionAbnormal from './retransmission-abnormal.ts';
import sessionTimer from './session-timer.ts';
import tagOrCallIdChanged from './tag-or-callid-changed.ts';
import targetOrRouteWrong from './target-or-route-wrong.ts';
import transactionTimeout from './transaction-timeout.ts';
import unknownDialogNot481 from './unknown-dialog-not-481.ts';
import updateOfferPending from './update-offer-pending.ts';

export const RULES: readonly Rule[] = [
  cancelMismatch,
  cancelTiming,
  cancelNo487,
  ackMissing,
  ackMalformed,
  cseqOrder,
  inviteGlare,
  updateOfferPending,
  prackMissing,
  rackMismatch,
  reliableMisuse,
  successBeforePrack,
  forkUnhandled,
  retransmissionAbnormal,
  transactionTimeout,
  byeMissing,
  byeWrongState,
  targetOrRouteWrong,
  unknownDialogNot481,
  tagOrCallIdChanged,
  sessionTimer,
  provisionalToNonInvite,
  mergedRequest,
];
