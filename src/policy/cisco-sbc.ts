// What a Cisco SP Edition configuration says of the SBC, in its own terms.
import type { AddressRange } from './address-range.ts';
import type { Known, PrivacyMode, TransportName } from './policy.ts';

export interface CiscoPeer {
  host: string | null;
  port: number | null;
  /** Smaller is tried first; the signalling peer itself is 0. */
  priority: number;
}

export interface CiscoAdjacency {
  readonly name: string;
  readonly h323: boolean;
  account: string | null;
  group: string | null;
  readonly addresses: string[];
  /** Names that the SBC gives itself there. */
  readonly names: string[];
  port: number | null;
  readonly remote: AddressRange[];
  readonly peer: CiscoPeer;
  readonly redundant: CiscoPeer[];
  preferredTransport: TransportName | null;
  mandatoryTransport: TransportName | null;
  passthrough: boolean;
  rewriteRegister: boolean;
  access: boolean;
  /** By `privacy`, which is about identities, before `security`, which is about transports. */
  privacyTrust: Known;
  securityTrust: Known;
  lateEarlyIncoming: boolean;
  lateEarlyOutgoing: boolean;
}

export interface CiscoEntry {
  readonly name: string;
  value: string | null;
  callerPrivacy: PrivacyMode | null;
  calleePrivacy: PrivacyMode | null;
  nextTable: string | null;
}

export interface CiscoTable {
  readonly name: string;
  /** What `match-value` is compared with; null: the entries are for all calls. */
  criterion: string | null;
  readonly entries: CiscoEntry[];
}

export interface CiscoPolicySet {
  readonly id: string;
  firstTable: string | null;
  readonly tables: Map<string, CiscoTable>;
}

export interface CiscoSbc {
  name: string | null;
  readonly adjacencies: Map<string, CiscoAdjacency>;
  readonly policySets: Map<string, CiscoPolicySet>;
  /** Of `cac-policy-set global` or `active-cac-policy-set`. */
  activeSet: string | null;
  readonly registrars: AddressRange[];
  readonly media: AddressRange[];
}

export function newSbc(): CiscoSbc {
  return {
    name: null,
    adjacencies: new Map(),
    policySets: new Map(),
    activeSet: null,
    registrars: [],
    media: [],
  };
}

export function newAdjacency(name: string, h323: boolean): CiscoAdjacency {
  return {
    name,
    h323,
    account: null,
    group: null,
    addresses: [],
    names: [],
    port: null,
    remote: [],
    peer: { host: null, port: null, priority: 0 },
    redundant: [],
    preferredTransport: null,
    mandatoryTransport: null,
    // Cisco IM, "Record-Route Passthrough Configuration": no passthrough header record-route is the default.
    passthrough: false,
    rewriteRegister: false,
    access: false,
    privacyTrust: null,
    securityTrust: null,
    lateEarlyIncoming: false,
    lateEarlyOutgoing: false,
  };
}
