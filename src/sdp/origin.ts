// o= (RFC 8866 §5.2): who made the session, and which version of it this is.

export interface Origin {
  /** '-' when the maker has no notion of users. */
  readonly username: string;
  /** Decimal digits, kept as text: they are often too large for a number. */
  readonly sessionId: string;
  readonly sessionVersion: string;
  readonly networkType: string;
  readonly addressType: string;
  readonly address: string;
  /** Six fields, with numeric identifiers that fit in 63 bits. */
  readonly valid: boolean;
}

/** Never fails: fields that are missing are ''. */
export function parseOrigin(value: string): Origin {
  const fields = value.split(' ');
  const [
    username = '',
    sessionId = '',
    sessionVersion = '',
    networkType = '',
    addressType = '',
    address = '',
  ] = fields;
  const valid = fields.length === 6 && !fields.includes('') && isInt63(sessionId) && isInt63(sessionVersion);
  return { username, sessionId, sessionVersion, networkType, addressType, address, valid };
}

// RFC 3264 §5: the values must be representable in a 64-bit signed integer; version must be less than 2^62-1 at first.
function isInt63(digits: string): boolean {
  if (!/^\d+$/.test(digits)) return false;
  const significant = digits.replace(/^0+/, '');
  return significant.length < 19 || (significant.length === 19 && significant <= '9223372036854775807');
}
