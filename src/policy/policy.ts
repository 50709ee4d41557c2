// The description of an SBC, as the rules, the pairing of legs and the SBC core read it: plain values, every default
// filled in. It comes from YAML (parse-policy.ts), from a Cisco configuration (cisco-import.ts) or from traffic.
import type { AddressRange } from './address-range.ts';
import type { Decisions } from './decisions.ts';
import type { InlineSettings, TlsSettings } from './inline-settings.ts';
import type { Thresholds } from './thresholds.ts';

/** null: not known, to be inferred from traffic. */
export type Known = boolean | null;

/** Values of caller-privacy and callee-privacy in a CAC table entry. */
export type PrivacyMode = 'never' | 'account-boundary' | 'always';

export type TransportName = 'udp' | 'tcp' | 'tls' | 'ws' | 'wss';

export interface LocalAddress {
  /** IP address (RFC 5952 form) or name, lower case, no brackets. */
  readonly host: string;
  /** 5060 unless given; 5061 for tls, 80 for ws, 443 for wss. */
  readonly port: number;
  /** null: any. */
  readonly transport: TransportName | null;
}

/** Where requests leave for when this adjacency is chosen. */
export interface NextHop {
  readonly host: string;
  /** null: found by DNS, or the default of the transport (RFC 3263 §4). */
  readonly port: number | null;
  readonly transport: TransportName | null;
}

export interface Adjacency {
  readonly name: string;
  /** The organisation on the other side; calls between two accounts cross an account boundary. */
  readonly account: string | null;
  /** L(A) of the rules: the addresses and names of the SBC on this side. */
  readonly local: readonly LocalAddress[];
  /** Who is on the other side. Empty: not known, or anyone. */
  readonly peers: readonly AddressRange[];
  /** Tried in order. */
  readonly nextHops: readonly NextHop[];
  /** The URI in Record-Route values for this adjacency; null: any URI whose host is in `local`. */
  readonly recordRouteUri: string | null;
  readonly recordRoutePassthrough: Known;
  readonly topologyHiding: Known;
  /** Subscribers register through it. */
  readonly registeredSubscribers: boolean;
  /**
   * Contact of REGISTER is rewritten; set on the subscribers' side or the registrar's side, either is enough. null: the
   * SBC does as the chapter says.
   */
  readonly rewriteRegister: Known;
  /** Inside the trust domain (RFC 3325 §3). */
  readonly trusted: Known;
  /** The other side speaks H.323. */
  readonly h323: boolean;
  /** In place of those of `inline`, key by key; null: as there. */
  readonly tls: Partial<TlsSettings> | null;
}

/** Which calls a CAC entry is for; every criterion that is given must hold. Patterns know `*` and `?`. */
export interface CacMatch {
  /** Either side. */
  readonly adjacency: string | null;
  readonly inboundAdjacency: string | null;
  readonly outboundAdjacency: string | null;
  /** Either side. */
  readonly account: string | null;
  readonly inboundAccount: string | null;
  readonly outboundAccount: string | null;
  /** Pattern for the user part, or for user@host when it has an @. */
  readonly caller: string | null;
  readonly callee: string | null;
}

export interface CacEntry {
  readonly name: string;
  readonly match: CacMatch;
  /** null: says nothing about it. */
  readonly callerPrivacy: PrivacyMode | null;
  readonly calleePrivacy: PrivacyMode | null;
}

/** A route of the SBC core; the first that matches is taken. */
export interface Route {
  readonly name: string;
  readonly match: {
    readonly inboundAdjacency: string | null;
    /** Patterns for user@host, or the user part when there is no @. */
    readonly requestUri: string | null;
    readonly to: string | null;
  };
  /** Name of the outbound adjacency. */
  readonly adjacency: string;
  /** Instead of those of the adjacency. Empty: those of the adjacency. */
  readonly nextHops: readonly NextHop[];
}

export interface Networks {
  /** Public whatever else says so. */
  readonly public: readonly AddressRange[];
  readonly private: readonly AddressRange[];
  /** The trust domain of RFC 3325, besides adjacencies that are trusted; null: not known. */
  readonly trusted: readonly AddressRange[] | null;
  /** From where the SBC relays media. */
  readonly media: readonly AddressRange[];
  /** Probes of the operator's own: no scanners. */
  readonly monitoring: readonly AddressRange[];
  /** Boxes that end TLS and hand on plain SIP: sips over UDP or TCP from and to them is no downgrade. */
  readonly tlsTerminators: readonly AddressRange[];
}

export interface LegSettings {
  /** Headers in which a box names the Call-ID of the other leg, most telling first. */
  readonly headers: readonly string[];
  /** How long after the ingress the egress may come (rules.md §13.1). */
  readonly windowMs: number;
  readonly inviteWindowMs: number;
  readonly messageWindowMs: number;
}

export type RuleSeverity = 'off' | 'error' | 'warning' | 'info';

/** The last setting whose pattern matches a rule's id holds. */
export interface RuleSetting {
  readonly rule: string;
  readonly severity: RuleSeverity;
}

/** Findings that are known and accepted. All criteria that are given must hold. */
export interface IgnoreEntry {
  /** Pattern for rule ids. */
  readonly rule: string;
  readonly peer: AddressRange | null;
  /** Pattern for User-Agent and Server. */
  readonly userAgent: string | null;
  /** Last day on which it holds, `2027-01-31`; null: for good. */
  readonly until: string | null;
  readonly reason: string;
}

export interface Policy {
  readonly name: string | null;
  readonly adjacencies: readonly Adjacency[];
  /** The first entry that matches and has a value decides, for caller and callee apart. */
  readonly cac: readonly CacEntry[];
  readonly interworking: {
    /** Calls inbound on the first and outbound on the second get an offer from the SBC when they bring none. */
    readonly lateEarly: readonly (readonly [inbound: string, outbound: string])[];
  };
  readonly routes: readonly Route[];
  readonly registrars: readonly AddressRange[];
  /** Addresses of record known to be registered, besides those that REGISTERs in the capture bind. */
  readonly registered: readonly string[];
  readonly networks: Networks;
  /** User parts and digits that call for help, besides urn:service:sos. */
  readonly emergencyNumbers: readonly string[];
  /** Event packages whose NOTIFY may come without a subscription. */
  readonly unsolicitedEvents: readonly string[];
  readonly decisions: Decisions;
  readonly legs: LegSettings;
  readonly rules: readonly RuleSetting[];
  readonly ignore: readonly IgnoreEntry[];
  readonly thresholds: Thresholds;
  /** For the SBC core on sockets. */
  readonly inline: InlineSettings;
}
