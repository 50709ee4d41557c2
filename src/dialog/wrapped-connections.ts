// Which packets are of connections that carry messages of chosen calls inside of TLS or of a WebSocket: all of the connection's, as its
// handshake is needed to read them, and what TLS protects cannot be read where records before it are missing.

import type { Endpoint } from '../network/endpoint.ts';
import type { PacketSummary } from '../network/packet-summary.ts';
import type { Transport } from '../network/payload.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Call } from './call.ts';

export class WrappedConnections {
  /** Of each call that is not handed on yet. */
  readonly #open = new Map<Call, Set<string>>();
  readonly #wanted = new Set<string>();

  message({ transport, src, dst }: SipMessage, call: Call): void {
    if (!WRAPPED.has(transport)) return;
    const keys = this.#open.get(call) ?? new Set();
    this.#open.set(call, keys.add(keyOf(src, dst)));
  }

  /** The call is handed on: its packets are wanted, or not. */
  call(call: Call, isChosen: boolean): void {
    if (isChosen) for (const key of this.#open.get(call) ?? []) this.#wanted.add(key);
    this.#open.delete(call);
  }

  get empty(): boolean {
    return this.#wanted.size === 0;
  }

  /** Asked once all calls are handed on. */
  carries({ transport, src, dst }: PacketSummary): boolean {
    if (transport !== 'tcp' || src === null || dst === null) return false;
    return this.#wanted.has(keyOf(src, dst));
  }
}

/** The same in both directions. */
function keyOf({ text: one }: Endpoint, { text: other }: Endpoint): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

const WRAPPED: ReadonlySet<Transport> = new Set(['tls', 'ws', 'wss']);
