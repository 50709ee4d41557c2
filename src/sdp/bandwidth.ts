// b= (RFC 8866 §5.8): `AS:64`, in kilobits a second for CT and AS, in bits a second for TIAS, RS and RR (RFC 3890, 3556).

export interface Bandwidth {
  readonly modifier: string;
  /** NaN when it is no number. */
  readonly value: number;
}

export function parseBandwidth(value: string): Bandwidth {
  const colon = value.indexOf(':');
  const digits = value.slice(colon + 1).trim();
  return {
    modifier: colon < 0 ? '' : value.slice(0, colon),
    value: colon > 0 && /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN,
  };
}
