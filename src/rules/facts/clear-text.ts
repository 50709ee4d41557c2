// Whether a message could be read by whoever saw its packets.
import type { Transport } from '../../network/payload.ts';
import type { SipMessage } from '../../sip/message.ts';

/** False also where the capture shows what was decrypted: the topmost Via says TLS (RFC 3261 §18.1.1) or WSS (RFC 7118 §5.1). */
export function isClear({ transport, vias }: SipMessage): boolean {
  return CLEAR.has(transport) && !(transport !== 'udp' && /^(tls|wss)\b/i.test(vias[0]?.transport ?? ''));
}

const CLEAR: ReadonlySet<Transport> = new Set(['udp', 'tcp', 'sctp', 'ws']);
