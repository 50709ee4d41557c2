// a=candidate (RFC 8839 §5.1): `1 1 UDP 2130706431 203.0.113.141 8998 typ host`.

export interface Candidate {
  readonly foundation: string;
  /** 1 is RTP, 2 is RTCP. */
  readonly component: number;
  readonly transport: string;
  readonly priority: number;
  readonly address: string;
  readonly port: number;
  /** host, srflx, prflx, relay */
  readonly type: string;
  readonly relatedAddress: string;
  /** 0 when not said. */
  readonly relatedPort: number;
}

export function parseCandidate(value: string): Candidate | undefined {
  const words = value.trim().split(/ +/);
  const [foundation, component, transport, priority, address, port, typ, type, ...rest] = words;
  if (typ !== 'typ' || type === undefined) return undefined;
  const numbers = [component, priority, port].map((digits) =>
    /^\d{1,10}$/.test(digits) ? Number(digits) : Number.NaN,
  );
  if (numbers.some(Number.isNaN)) return undefined;
  return {
    foundation,
    component: numbers[0],
    transport,
    priority: numbers[1],
    address,
    port: numbers[2],
    type,
    relatedAddress: after(rest, 'raddr') ?? '',
    relatedPort: Number(/^\d{1,5}$/.exec(after(rest, 'rport') ?? '')?.[0] ?? 0),
  };
}

// Extensions come as pairs of a name and a value.
function after(pairs: readonly string[], name: string): string | undefined {
  for (let i = 0; i + 1 < pairs.length; i += 2) if (pairs[i] === name) return pairs[i + 1];
  return undefined;
}
