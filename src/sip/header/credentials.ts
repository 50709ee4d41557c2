// Challenges and credentials: `scheme name=value, name="value"` (RFC 3261 §20.7, §20.27, §20.44; RFC 7616 for Digest).
// Commas part the parameters here, never whole values (RFC 3261 §7.3.1).
import { NO_PARAMETERS, type Parameters, parseParameters } from '../uri/parameters.ts';

export interface Credentials {
  /** As spelled: `Digest`, `Bearer` …; '' when there is none. */
  readonly scheme: string;
  /** For schemes made of one token (`Basic`, `Bearer`) empty: see `token`. */
  readonly params: Parameters;
  /** What follows the scheme when it is no list of parameters; '' otherwise. It is a secret. */
  readonly token: string;
}

/** Parses the value of Authorization, Proxy-Authorization, WWW-Authenticate, Proxy-Authenticate. Never throws. */
export function parseCredentials(value: string): Credentials {
  const text = value.trim();
  const space = text.search(/\s/);
  const scheme = space < 0 ? text : text.slice(0, space);
  const rest = space < 0 ? '' : text.slice(space).trim();
  const isToken = rest !== '' && !PARAMETER_START.test(rest);
  if (isToken || rest === '') return { scheme, params: NO_PARAMETERS, token: rest };
  return { scheme, params: parseParameters(rest, ','), token: '' };
}

/** Parses Authentication-Info, which has parameters only (RFC 3261 §20.6). */
export function parseAuthenticationInfo(value: string): Parameters {
  return parseParameters(value, ',');
}

/** The parameters whose values prove knowledge of a secret, in lower case. */
export const SECRET_PARAMETERS: readonly string[] = ['response', 'rspauth', 'auts', 'ck', 'ik'];

/** The value with every secret in it replaced. */
export function redactCredentials(value: string): string {
  const { scheme, params, token } = parseCredentials(value);
  if (token !== '') return `${scheme} ${REDACTED}`;
  const shown = params.list.map(({ name, value: text }) => {
    if (text === undefined) return name;
    return SECRET_PARAMETERS.includes(name.toLowerCase()) ? `${name}="${REDACTED}"` : `${name}="${text}"`;
  });
  return [scheme, shown.join(', ')].filter((part) => part !== '').join(' ');
}

const REDACTED = '***';
const PARAMETER_START = /^[\w\-.!%*+`'~]+\s*=\s*[^=\s]/;
