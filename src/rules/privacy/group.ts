// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import addressLeak from './address-leak.ts';
import anonymousFromWithIdentity from './anonymous-from-with-identity.ts';
import assertedIdentityFromUntrusted from './asserted-identity-from-untrusted.ts';
import cacDiffersImVsVoice from './cac-differs-im-vs-voice.ts';
import headerMalformed from './header-malformed.ts';
import imMediaCRemains from './im-media-c-remains.ts';
import imMlineCountBroken from './im-mline-count-broken.ts';
import imMlineNotAnonymised from './im-mline-not-anonymised.ts';
import imOriginNotAnonymised from './im-origin-not-anonymised.ts';
import imSessionCNotLocal from './im-session-c-not-local.ts';
import modeInferred from './mode-inferred.ts';
import requestedNotApplied from './requested-not-applied.ts';
import rrNotRestored from './rr-not-restored.ts';
import rrNotStripped from './rr-not-stripped.ts';

export const RULES: readonly Rule[] = [
  imSessionCNotLocal,
  imMediaCRemains,
  imOriginNotAnonymised,
  imMlineNotAnonymised,
  imMlineCountBroken,
  addressLeak,
  rrNotStripped,
  rrNotRestored,
  requestedNotApplied,
  headerMalformed,
  anonymousFromWithIdentity,
  assertedIdentityFromUntrusted,
  modeInferred,
  cacDiffersImVsVoice,
];
