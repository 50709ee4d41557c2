// Figures that rules compare with (rules.md §5, §8, §9, §11, §12). Times in milliseconds, ratios from 0 to 1.

export interface Thresholds {
  /** RFC 3261 Table 4. */
  readonly t1Ms: number;
  readonly t2Ms: number;
  readonly t4Ms: number;
  /** From INVITE to 18x or a final response (RFC 6076 §4.3). */
  readonly postDialDelayWarningMs: number;
  readonly postDialDelayErrorMs: number;
  /** From INVITE to 100 (RFC 3261 §17.2.1). */
  readonly tryingDelayMs: number;
  /** BYE to its 2xx (RFC 6076 §4.4). */
  readonly disconnectDelayMs: number;
  /** REGISTER to its 2xx (RFC 6076 §4.1). */
  readonly registrationDelayMs: number;
  /** An answered call that ends sooner is short (RFC 6076 §4.5). */
  readonly shortSessionMs: number;
  /** SER and SEER below these (RFC 6076 §4.6, §4.7), 5xx with 6xx and 4xx above these. */
  readonly establishmentRatio: number;
  readonly effectivenessRatio: number;
  readonly serverErrorRatio: number;
  readonly clientErrorRatio: number;
  /** Fewer calls give no ratio. */
  readonly ratioCalls: number;
  /** Sent again of all sent, per peer, over UDP. */
  readonly retransmissionWarningRatio: number;
  readonly retransmissionErrorRatio: number;
  /** Fewer messages give no ratio. */
  readonly retransmissionMessages: number;
  /** A request of more octets should not go by UDP (RFC 3261 §18.1.1). */
  readonly udpRequestOctets: number;
  /** MTU of the path; null: not known. Requests up to 200 octets less than it may go by UDP. */
  readonly mtu: number | null;
  /** Silence on a flow through a NAT. */
  readonly udpKeepaliveMs: number;
  readonly tcpKeepaliveMs: number;
  /** Pong to a CRLF ping (RFC 5626 §4.4.1). */
  readonly pongMs: number;
  /** Uses of a nonce without qop, and its age (RFC 7616 §5.4). */
  readonly nonceUses: number;
  readonly nonceAgeMs: number;
  /** Failed authentications of one source within the time. */
  readonly bruteForceFailures: number;
  readonly bruteForceMs: number;
  /** Users tried by one source that answer differently. */
  readonly enumerationUsers: number;
  /** Targets or extensions tried by one source within the time. */
  readonly scannerTargets: number;
  readonly scannerMs: number;
  /** Age of an Identity's Date or iat (RFC 8224 §4.1). */
  readonly identityAgeMs: number;
  /** Age of a location in an emergency call. */
  readonly locationAgeMs: number;
  /** After a binding's end, before its use counts as stale. */
  readonly registrationGraceMs: number;
  /** Media in one direction only for so long; where silence is suppressed, the second. */
  readonly oneWayAudioMs: number;
  readonly oneWayAudioSilenceMs: number;
}

export const DEFAULT_THRESHOLDS: Thresholds = {
  t1Ms: 500,
  t2Ms: 4000,
  t4Ms: 5000,
  postDialDelayWarningMs: 4000,
  postDialDelayErrorMs: 11_000,
  tryingDelayMs: 200,
  disconnectDelayMs: 2000,
  registrationDelayMs: 2000,
  shortSessionMs: 5000,
  establishmentRatio: 0.6,
  effectivenessRatio: 0.9,
  serverErrorRatio: 0.05,
  clientErrorRatio: 0.2,
  ratioCalls: 20,
  retransmissionWarningRatio: 0.02,
  retransmissionErrorRatio: 0.1,
  retransmissionMessages: 50,
  udpRequestOctets: 1300,
  mtu: null,
  udpKeepaliveMs: 60_000,
  tcpKeepaliveMs: 900_000,
  pongMs: 10_000,
  nonceUses: 50,
  nonceAgeMs: 86_400_000,
  bruteForceFailures: 20,
  bruteForceMs: 60_000,
  enumerationUsers: 5,
  scannerTargets: 20,
  scannerMs: 60_000,
  identityAgeMs: 60_000,
  locationAgeMs: 3_600_000,
  registrationGraceMs: 0,
  oneWayAudioMs: 2000,
  oneWayAudioSilenceMs: 10_000,
};
