// The schema of thresholds: figures that rules compare with.
import { z } from 'zod';
import { formatDuration } from './duration.ts';
import { count, described, duration, ratio } from './schema-values.ts';
import { DEFAULT_THRESHOLDS as USUAL } from './thresholds.ts';

const time = (description: string, usual: number) => duration(description, formatDuration(usual));

export const THRESHOLDS = described(
  z.strictObject({
    t1: time('Timer T1, the estimate of the round trip (RFC 3261 Table 4).', USUAL.t1Ms),
    t2: time('Timer T2, the longest interval between retransmissions (RFC 3261 Table 4).', USUAL.t2Ms),
    t4: time('Timer T4, how long a message stays in the network (RFC 3261 Table 4).', USUAL.t4Ms),
    'post-dial-delay-warning': time(
      'INVITE to 18x or a final response, warning (RFC 6076 §4.3).',
      USUAL.postDialDelayWarningMs,
    ),
    'post-dial-delay-error': time('INVITE to 18x or a final response, error.', USUAL.postDialDelayErrorMs),
    'trying-delay': time('INVITE to 100 Trying (RFC 3261 §17.2.1).', USUAL.tryingDelayMs),
    'disconnect-delay': time('BYE to its 2xx (RFC 6076 §4.4).', USUAL.disconnectDelayMs),
    'registration-delay': time('REGISTER to its 2xx (RFC 6076 §4.1).', USUAL.registrationDelayMs),
    'short-session': time('Answered calls that end sooner are short (RFC 6076 §4.5).', USUAL.shortSessionMs),
    'establishment-ratio': ratio(
      'Least session establishment ratio (RFC 6076 §4.6).',
      USUAL.establishmentRatio,
    ),
    'effectiveness-ratio': ratio(
      'Least session establishment effectiveness ratio (RFC 6076 §4.7).',
      USUAL.effectivenessRatio,
    ),
    'server-error-ratio': ratio('Most 5xx and 6xx of all answers to INVITE.', USUAL.serverErrorRatio),
    'client-error-ratio': ratio('Most 4xx but 401, 407 and 487.', USUAL.clientErrorRatio),
    'ratio-calls': count('Fewer calls give no ratio.', USUAL.ratioCalls),
    'retransmission-warning-ratio': ratio(
      'Messages sent again of all messages of a peer over UDP, warning.',
      USUAL.retransmissionWarningRatio,
    ),
    'retransmission-error-ratio': ratio('The same, error.', USUAL.retransmissionErrorRatio),
    'retransmission-messages': count('Fewer messages give no such ratio.', USUAL.retransmissionMessages),
    'udp-request-octets': count(
      'Requests larger than this should not go by UDP (RFC 3261 §18.1.1).',
      USUAL.udpRequestOctets,
      65_535,
    ),
    mtu: described(
      z
        .int('a whole number from 576 to 65535')
        .min(576, 'a whole number from 576 to 65535')
        .max(65_535, 'a whole number from 576 to 65535'),
      'MTU of the path, where it is known: requests up to 200 octets less may go by UDP.',
      [9000],
    ).optional(),
    'udp-keepalive': time(
      'Silence after which a NAT may close a UDP flow (RFC 5626 §4.4).',
      USUAL.udpKeepaliveMs,
    ),
    'tcp-keepalive': time('Silence after which a NAT may close a TCP flow.', USUAL.tcpKeepaliveMs),
    pong: time('Ping to pong on a connection (RFC 5626 §4.4.1).', USUAL.pongMs),
    'nonce-uses': count('Most uses of a nonce without qop.', USUAL.nonceUses),
    'nonce-age': time('Longest life of a nonce.', USUAL.nonceAgeMs),
    'brute-force-failures': count(
      'Failed authentications of one source within brute-force-time.',
      USUAL.bruteForceFailures,
    ),
    'brute-force-time': time('See brute-force-failures.', USUAL.bruteForceMs),
    'enumeration-users': count(
      'Users whom one source tries and who are answered differently.',
      USUAL.enumerationUsers,
    ),
    'scanner-targets': count('Targets that one source tries within scanner-time.', USUAL.scannerTargets),
    'scanner-time': time('See scanner-targets.', USUAL.scannerMs),
    'identity-age': time('Oldest Date or iat of an Identity header (RFC 8224 §4.1).', USUAL.identityAgeMs),
    'location-age': time('Oldest location in an emergency call.', USUAL.locationAgeMs),
    'registration-grace': time('How long a binding may be used after its end.', USUAL.registrationGraceMs),
    'one-way-audio': time('Media in one direction only for so long.', USUAL.oneWayAudioMs),
    'one-way-audio-silence': time('The same where silence is suppressed.', USUAL.oneWayAudioSilenceMs),
  }),
  'Figures that rules compare with. Durations are 200ms, 4s, 15min, 24h or 1d; ratios go from 0 to 1.',
  [{ 'post-dial-delay-warning': '6s', 'establishment-ratio': 0.5 }],
);
