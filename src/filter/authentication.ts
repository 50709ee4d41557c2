// The headers of authentication (RFC 3261 §22) and their parameters by Wireshark's name.
import { HEADER, type HeaderId } from '../sip/header/header-names.ts';

export const AUTHENTICATION_HEADERS: readonly HeaderId[] = [
  HEADER.Authorization,
  HEADER['Proxy-Authorization'],
  HEADER['WWW-Authenticate'],
  HEADER['Proxy-Authenticate'],
];

/** What follows `sip.auth.` → the parameter. */
export const AUTHENTICATION: readonly (readonly [name: string, parameter: string])[] = [
  ['digest.response', 'response'],
  ['nc', 'nc'],
  ['username', 'username'],
  ['realm', 'realm'],
  ['nonce', 'nonce'],
  ['algorithm', 'algorithm'],
  ['opaque', 'opaque'],
  ['qop', 'qop'],
  ['cnonce', 'cnonce'],
  ['uri', 'uri'],
  ['domain', 'domain'],
  ['stale', 'stale'],
  ['auts', 'auts'],
];
