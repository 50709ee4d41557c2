// The policy of which nothing is known: no adjacency, every mode to be inferred, every decision as rules.md recommends.
import { type AddressRange, parseRange } from './address-range.ts';
import { DEFAULT_DECISIONS } from './decisions.ts';
import { DEFAULT_INLINE } from './inline-settings.ts';
import type { LegSettings, Networks, Policy } from './policy.ts';
import { DEFAULT_THRESHOLDS } from './thresholds.ts';

/** RFC 1918 §3, RFC 6598 §7, RFC 3927, RFC 1122 §3.2.1.3, RFC 4193, RFC 4291 §2.5.6 and §2.5.3. */
export const PRIVATE_NETWORKS: readonly AddressRange[] = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  '127.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1',
].map((text) => parseRange(text)!);

const NETWORKS: Networks = {
  public: [],
  private: PRIVATE_NETWORKS,
  trusted: null,
  media: [],
  monitoring: [],
  tlsTerminators: [],
};

const LEGS: LegSettings = {
  headers: ['X-CID', 'X-Call-ID', 'X-Inbound-Call-ID', 'X-Original-Call-ID', 'P-Call-ID'],
  windowMs: 5000,
  inviteWindowMs: 10_000,
  messageWindowMs: 2000,
};

export const EMPTY_POLICY: Policy = {
  name: null,
  adjacencies: [],
  cac: [],
  interworking: { lateEarly: [] },
  routes: [],
  registrars: [],
  registered: [],
  networks: NETWORKS,
  emergencyNumbers: ['sos', '911', '112', '999', '000', '110', '118', '119'],
  unsolicitedEvents: [],
  decisions: DEFAULT_DECISIONS,
  legs: LEGS,
  rules: [],
  ignore: [],
  thresholds: DEFAULT_THRESHOLDS,
  inline: DEFAULT_INLINE,
};
