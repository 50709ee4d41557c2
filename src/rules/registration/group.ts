// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import contactStar from './contact-star.ts';
import cseqOrCallId from './cseq-or-callid.ts';
import dialogContactMismatch from './dialog-contact-mismatch.ts';
import expiresInconsistent from './expires-inconsistent.ts';
import pathHandling from './path-handling.ts';
import recordRouteInRegister from './record-route-in-register.ts';
import sbcContactNotRewritten from './sbc-contact-not-rewritten.ts';
import serviceRouteIgnored from './service-route-ignored.ts';
import sourceMoved from './source-moved.ts';
import staleBindingUsed from './stale-binding-used.ts';

export const RULES: readonly Rule[] = [
  sbcContactNotRewritten,
  dialogContactMismatch,
  recordRouteInRegister,
  contactStar,
  expiresInconsistent,
  cseqOrCallId,
  pathHandling,
  staleBindingUsed,
  sourceMoved,
  serviceRouteIgnored,
];
