// The value of an m= line (RFC 8866 §5.14): `audio 49170/2 RTP/AVP 0 101`.

export interface MediaLine {
  /** `audio`, `video`, `message`, … as spelled; '' when missing. */
  readonly media: string;
  /** NaN when it is no number up to 65535. */
  readonly port: number;
  /** 1 unless `port/count` says more. */
  readonly portCount: number;
  readonly protocol: string;
  /** Payload types for RTP; `*` for MSRP; a SIP URI or `null` for IM over SIP. */
  readonly formats: readonly string[];
}

/** Never fails: words that are missing are ''. */
export function parseMediaLine(value: string): MediaLine {
  const [media = '', ports = '', protocol = '', ...formats] = words(value.trim());
  const slash = ports.indexOf('/');
  return {
    media,
    port: port(slash < 0 ? ports : ports.slice(0, slash)),
    portCount: slash < 0 ? 1 : port(ports.slice(slash + 1)),
    protocol,
    formats,
  };
}

function words(text: string): string[] {
  return text.includes('  ') ? text.split(/ +/) : text.split(' ');
}

function port(digits: string): number {
  if (digits.length === 0 || digits.length > 9) return Number.NaN;
  let value = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value <= 65_535 ? value : Number.NaN;
}
