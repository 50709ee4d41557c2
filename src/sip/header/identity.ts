// Identity (RFC 8224 §4): a PASSporT (RFC 8225) as a compact JWS with where its certificate is found. Decoded for
// show; the signature is not checked here.
import type { Parameters } from '../uri/parameters.ts';
import { parseTokenValue } from './token-value.ts';

export type Claims = Readonly<Record<string, unknown>>;

export interface Identity {
  /** As spelled: `header.payload.signature`, or `..signature` in compact form (RFC 8225 §7). */
  readonly token: string;
  /** Whether the header and payload are left out, to be built from the request (RFC 8224 §4.1). */
  readonly compact: boolean;
  /** JOSE header: alg, ppt, typ, x5u; undefined when it is left out or no JSON object. */
  readonly header: Claims | undefined;
  /** Claims: orig, dest, iat …; undefined when it is left out or no JSON object. */
  readonly payload: Claims | undefined;
  /** The URI in `info=<…>`; '' when there is none. */
  readonly info: string;
  readonly alg: string;
  /** Without quotes: `shaken`; '' when there is none. */
  readonly ppt: string;
  readonly params: Parameters;
}

/** Parses one row. Never throws. */
export function parseIdentity(value: string): Identity {
  const { value: token, params } = parseTokenValue(value);
  const parts = token.split('.');
  const [header = '', payload = ''] = parts;
  return {
    token,
    compact: parts.length === 3 && header === '' && payload === '',
    header: parts.length === 3 ? decodeObject(header) : undefined,
    payload: parts.length === 3 ? decodeObject(payload) : undefined,
    info: (params.get('info') ?? '').replace(/^<|>$/g, ''),
    alg: params.get('alg') ?? '',
    ppt: params.get('ppt') ?? '',
    params,
  };
}

function decodeObject(base64url: string): Claims | undefined {
  if (base64url === '') return undefined;
  try {
    const value: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}
