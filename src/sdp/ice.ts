// ICE and DTLS of a section: credentials, candidates, fingerprints, who connects (RFC 8839 §5, RFC 8122 §5, RFC 4145 §4).
import { type Candidate, parseCandidate } from './candidate.ts';
import type { MediaDescription } from './media.ts';
import type { SessionDescription } from './session.ts';

export interface Fingerprint {
  readonly hash: string;
  /** Pairs of hexadecimal digits with colons, as spelled. */
  readonly value: string;
}

export interface IceDtls {
  readonly ufrag: string | undefined;
  /** A secret of the session. */
  readonly password: string | undefined;
  readonly candidates: readonly Candidate[];
  readonly fingerprints: readonly Fingerprint[];
  readonly setup: string | undefined;
}

/** A section's own attributes count before the session's (RFC 8839 §5.4, RFC 8122 §5). */
export function iceDtlsOf(media: MediaDescription, session: SessionDescription): IceDtls {
  const own = media.attributeValues('fingerprint');
  return {
    ufrag: media.attribute('ice-ufrag') ?? session.attribute('ice-ufrag'),
    password: media.attribute('ice-pwd') ?? session.attribute('ice-pwd'),
    candidates: media.attributeValues('candidate').flatMap((value) => parseCandidate(value) ?? []),
    fingerprints: (own.length > 0 ? own : session.attributeValues('fingerprint')).map(parseFingerprint),
    setup: media.attribute('setup') ?? session.attribute('setup'),
  };
}

/** `sha-256 4A:AD:…` */
export function parseFingerprint(value: string): Fingerprint {
  const space = value.indexOf(' ');
  if (space < 0) return { hash: value, value: '' };
  return { hash: value.slice(0, space).toLowerCase(), value: value.slice(space + 1).trim() };
}
