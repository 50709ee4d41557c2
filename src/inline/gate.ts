// What is let in to the core, by who sends it, how much, and what it is. What is refused costs as little as can be.
import type { Endpoint } from '../network/endpoint.ts';
import { Adjacencies } from '../policy/adjacency-lookup.ts';
import type { InlineSettings } from '../policy/inline-settings.ts';
import type { Policy, TransportName } from '../policy/policy.ts';
import { type Flow, isReliable } from '../sbc/flow.ts';
import type { SipMessage } from '../sip/message.ts';
import { LINE_FLAG } from '../sip/scan.ts';
import { isEmpty, type Source, SourceRates, take } from './source-rates.ts';

/** Why a message is not let in. */
export type Refusal =
  | 'too-large'
  | 'too-many-headers'
  | 'incomplete'
  | 'method'
  | 'overload'
  | 'no-call-id'
  | 'no-via';

export class Gate {
  /** Nothing new is taken: memory is short. */
  overloaded = false;
  private readonly settings: InlineSettings;
  private readonly adjacencies: Adjacencies;
  private readonly methods: ReadonlySet<string>;
  private readonly sources = new SourceRates();
  private readonly known = new WeakMap<Flow, Source>();

  constructor(policy: Policy) {
    this.settings = policy.inline;
    this.adjacencies = new Adjacencies(policy);
    this.methods = new Set(policy.inline.methods);
  }

  isWelcome(local: Endpoint, remote: Endpoint, transport: TransportName): boolean {
    return this.settings.unknownSources === 'refuse' || this.isKnown(local, remote, transport);
  }

  /** One message more of a source; why it is not let in, or null. */
  admit(flow: Flow, now: number): 'unknown-source' | 'rate' | null {
    const source = this.sourceOf(flow, now);
    // A connection was asked about when it came in.
    if (flow.connection === 0 && !source.isKnown && this.settings.unknownSources === 'silent')
      return 'unknown-source';
    return take(source, now, isReliable(flow.transport)) ? null : 'rate';
  }

  isSlowed(flow: Flow, now: number): boolean {
    return isEmpty(this.sourceOf(flow, now), now);
  }

  /** null: it may go on to the core. */
  examine(message: SipMessage): Refusal | null {
    const { limits } = this.settings;
    if (message.limit - message.start > limits.messageOctets) return 'too-large';
    const isFlood = message.headerCount > limits.headers || (message.flags & LINE_FLAG.tooManyHeaders) !== 0;
    if (isFlood || message.bodyStart - message.start > limits.headerOctets) return 'too-many-headers';
    // RFC 3261 §18.3: a datagram that ends before its body does is to be discarded, or answered 400.
    const isShort = message.contentLength > message.bodyEnd - message.bodyStart;
    if (!message.headersComplete || isShort) return 'incomplete';
    // RFC 3261 §8.1.1: without them there is nothing to answer with.
    if (message.viaRow < 0) return 'no-via';
    if (message.callIdRow < 0 || message.cseqRow < 0 || message.fromRow < 0 || message.toRow < 0)
      return 'no-call-id';
    if (!message.isRequest) return null;
    if (this.methods.size > 0 && !this.methods.has(message.method)) return 'method';
    return this.overloaded && message.toTag === '' && !LETS_GO.has(message.method) ? 'overload' : null;
  }

  private sourceOf(flow: Flow, now: number): Source {
    let source = this.known.get(flow);
    if (source === undefined) {
      const { sourceRate, strangerRate } = this.settings.limits;
      const isKnown = this.isKnown(flow.local, flow.remote, flow.transport);
      source = this.sources.source(flow.remote.ip, isKnown, isKnown ? sourceRate : strangerRate, now);
      this.known.set(flow, source);
    }
    return source;
  }

  private isKnown(local: Endpoint, remote: Endpoint, transport: TransportName): boolean {
    return this.adjacencies.between(local.ip, local.port, remote.ip, transport) !== undefined;
  }
}

/** Requests that end something, or free what another began. */
const LETS_GO = new Set(['ACK', 'BYE', 'CANCEL']);
