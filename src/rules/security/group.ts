// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import basicAuth from './basic-auth.ts';
import digestUsernameRealm from './digest-username-realm.ts';
import digestWeak from './digest-weak.ts';
import nonceReuse from './nonce-reuse.ts';
import scannerTraffic from './scanner-traffic.ts';
import sdpKeysCleartext from './sdp-keys-cleartext.ts';
import sipsDowngrade from './sips-downgrade.ts';
import smime from './smime.ts';
import stirIdentity from './stir-identity.ts';

export const RULES: readonly Rule[] = [
  basicAuth,
  digestWeak,
  nonceReuse,
  digestUsernameRealm,
  sipsDowngrade,
  sdpKeysCleartext,
  smime,
  stirIdentity,
  scannerTraffic,
];
