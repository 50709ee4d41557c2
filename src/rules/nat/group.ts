// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import noKeepalive from './no-keepalive.ts';
import oneWayAudio from './one-way-audio.ts';
import privateAddressExposed from './private-address-exposed.ts';
import receivedRport from './received-rport.ts';
import sdpSourceMismatch from './sdp-source-mismatch.ts';

export const RULES: readonly Rule[] = [
  privateAddressExposed,
  receivedRport,
  sdpSourceMismatch,
  oneWayAudio,
  noKeepalive,
];
