// Registered subscribers: address of record ↔ the Contact the subscriber gave and the one the SBC published for it (RFC 3261
// §10; Cisco IM, "Registered Subscribers and Record-Route Passthrough"). Bounded as a whole and by address of record.
import type { Adjacency } from '../../policy/policy.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import type { Flow } from '../flow.ts';
import type { RememberedIdentifiers } from '../relay/identifier-memory.ts';

export interface Binding {
  /** `sip:alice@example.com`. */
  readonly address: string;
  /** Contact URI as the subscriber gave it. */
  readonly contact: string;
  /** User part of the Contact that the SBC published. */
  readonly user: string;
  /** That Contact's URI. */
  readonly publishedUri: string;
  /** Adjacency the subscriber is on. */
  readonly subscriber: Adjacency;
  /** Adjacency the registrar is on. */
  readonly registrar: Adjacency;
  /** The way the REGISTER came. */
  readonly flow: Flow;
  /** Path values of the REGISTER (RFC 3327). */
  readonly path: readonly string[];
  /** Service-Route values of its 200 (RFC 3608). */
  readonly serviceRoute: readonly string[];
  /** Of the REGISTER on the registrar's side: one that refreshes it has the same (RFC 3261 §10.2). Null where they are not known. */
  readonly identifiers: RememberedIdentifiers | null;
  /** On the clock of the events. */
  readonly until: number;
  timer: number;
}

export class BindingTable {
  private readonly byUser = new Map<string, Binding>();
  private readonly byAddress = new Map<string, Binding[]>();

  get size(): number {
    return this.byUser.size;
  }

  published(user: string): Binding | undefined {
    return this.byUser.get(user);
  }

  of(address: string): readonly Binding[] {
    return this.byAddress.get(address) ?? NONE;
  }

  with(address: string, contact: string): Binding | undefined {
    return this.of(address).find((binding) => binding.contact === contact);
  }

  /** Takes the place of one with the same user. */
  put(binding: Binding): void {
    this.remove(this.byUser.get(binding.user));
    this.byUser.set(binding.user, binding);
    const there = this.byAddress.get(binding.address);
    if (there === undefined) this.byAddress.set(binding.address, [binding]);
    else there.push(binding);
  }

  remove(binding: Binding | undefined): void {
    if (binding === undefined || !this.byUser.delete(binding.user)) return;
    const left = this.of(binding.address).filter((other) => other.user !== binding.user);
    if (left.length === 0) this.byAddress.delete(binding.address);
    else this.byAddress.set(binding.address, left);
  }

  *all(): Iterable<Binding> {
    yield* this.byUser.values();
  }
}

/** RFC 3261 §10.3 step 5: the user part counts letter by letter, the host does not; parameters do not count. */
export function addressOfRecord(uri: SipUri): string {
  if (uri.host === '') return `${uri.scheme}:${uri.user || uri.opaque}`;
  return `sip:${uri.user}@${uri.host.toLowerCase()}`;
}

const NONE: readonly Binding[] = [];
