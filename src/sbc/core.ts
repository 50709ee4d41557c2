// The SBC core: events in, commands out (DESIGN §2). A back-to-back user agent that hides, passes through, refuses and routes as
// its policy says. It has no clock, no socket and no random number.
import type { Policy } from '../policy/policy.ts';
import type { Command } from './command.ts';
import { DialogTable } from './dialog/dialog-table.ts';
import type { SbcEvent } from './event.ts';
import type { IdentifierSource } from './identifier-source.ts';
import { DEFAULT_LIMITS, type SbcLimits } from './limits.ts';
import { Outbox } from './outbox.ts';
import { configured, type Parts } from './parts.ts';
import { Reception } from './reception.ts';
import { BindingTable } from './registration/binding-table.ts';
import { IdentifierMemory } from './relay/identifier-memory.ts';
import { restore } from './restore.ts';
import { HopHealth } from './routing/hop-health.ts';
import { Transactions } from './transaction/transactions.ts';

export interface SbcOptions {
  readonly policy: Policy;
  readonly identifiers: IdentifierSource;
  readonly limits?: Partial<SbcLimits>;
  /** Whether `store` commands are wanted: true unless said. */
  readonly persists?: boolean;
}

/** How much is under way; all 0 when nothing is. */
export interface Pending {
  readonly timers: number;
  readonly queries: number;
  readonly transactions: number;
  /** Calls and subscriptions, those that are being set up among them. */
  readonly dialogs: number;
  readonly setups: number;
  readonly bindings: number;
}

export class SbcCore {
  private readonly parts: Parts;
  private readonly reception: Reception;

  constructor({ policy, identifiers, limits = {}, persists = true }: SbcOptions) {
    const outbox = new Outbox();
    const caps = { ...DEFAULT_LIMITS, ...limits };
    // The transactions tell the reception of what comes, and it needs them to answer.
    const user: { reception: Reception | null } = { reception: null };
    const transactions = new Transactions(
      outbox,
      {
        request: (server) => user.reception?.request(server),
        cancelled: (server, cancel) => user.reception?.cancelled(server, cancel),
        ack: (message, flow) => user.reception?.ack(message, flow),
        strayResponse: (message, flow) => user.reception?.strayResponse(message, flow),
      },
      { identifiers, limits: { transactions: caps.transactions, retryAfter: caps.retryAfter } },
    );
    this.parts = {
      outbox,
      identifiers,
      limits: caps,
      transactions,
      dialogs: new DialogTable(),
      bindings: new BindingTable(),
      hops: new HopHealth(),
      memory: new IdentifierMemory(),
      setups: new Map(),
      ownAcks: new Map(),
      lateOffers: new Set(),
      connections: new Set(),
      persists,
      configured: configured(policy),
    };
    this.reception = new Reception(this.parts);
    user.reception = this.reception;
  }

  /** The commands are to be carried out in their order, before the next event. */
  handle(event: SbcEvent): readonly Command[] {
    const { parts, reception } = this;
    const { outbox, transactions } = parts;
    outbox.now = event.at;
    switch (event.kind) {
      case 'received':
        if (event.flow.connection !== 0) parts.connections.add(event.flow.connection);
        transactions.receive(event.message, event.flow);
        // What is kept of it for half a minute more is its octets: they are parsed again where they are asked.
        event.message.forget();
        break;
      case 'timer-fired':
        outbox.fired(event.timer);
        break;
      case 'send-failed':
        transactions.sendFailed(event.send, event.reason);
        break;
      case 'resolved':
        outbox.resolved(event.query, event.targets);
        break;
      case 'connection-closed':
        parts.connections.delete(event.connection);
        transactions.connectionClosed(event.connection);
        break;
      case 'policy-changed':
        parts.configured = configured(event.policy);
        break;
      case 'restored':
        restore(parts, event.records);
        break;
      case 'draining':
        reception.draining = true;
        break;
    }
    return outbox.take();
  }

  get pending(): Pending {
    const { outbox, transactions, dialogs, setups, bindings } = this.parts;
    return {
      ...outbox.pending,
      transactions: transactions.size,
      dialogs: dialogs.size,
      setups: setups.size,
      bindings: bindings.size,
    };
  }
}
