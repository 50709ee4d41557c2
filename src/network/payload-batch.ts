// Payloads on their way from one thread to another: octets and numbers in shared memory, what is rare beside it.
// `PayloadBatch` is filled on one side and emptied on the other; only one side works on it at a time.
import type { Endpoint } from './endpoint.ts';
import { Payload, type Transport } from './payload.ts';

/** What goes with the shared memory in the message that hands a batch over. */
export interface BatchNote {
  readonly memory: SharedArrayBuffer;
  /** What the batch was made to hold. */
  readonly octets: number;
  readonly count: number;
  /** Endpoints that the batch is the first to use; they get the next numbers. */
  readonly endpoints: readonly Endpoint[];
  /** The numbers begin again at 0 with this batch. */
  readonly renumbered: boolean;
  /** Payloads of several packets, and payloads from tunnels, by their place in the batch. */
  readonly frames: ReadonlyMap<number, readonly number[]>;
  readonly tunnels: ReadonlyMap<number, string>;
}

/** Numbers endpoints on the sending side; what the receiver does not know yet is collected for the next batch. */
export class EndpointNumbers {
  private readonly numbers = new Map<Endpoint, number>();
  private fresh: Endpoint[] = [];
  private renumbered = false;
  private readonly capacity: number;

  constructor(capacity = 1 << 18) {
    this.capacity = capacity;
  }

  of(endpoint: Endpoint): number {
    let number = this.numbers.get(endpoint);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(endpoint, number);
      this.fresh.push(endpoint);
    }
    return number;
  }

  /** What the batch that is handed over now brings; between batches the numbers may begin again. */
  take(): { readonly endpoints: readonly Endpoint[]; readonly renumbered: boolean } {
    const taken = { endpoints: this.fresh, renumbered: this.renumbered };
    this.fresh = [];
    this.renumbered = this.numbers.size > this.capacity;
    if (this.renumbered) this.numbers.clear();
    return taken;
  }
}

export class PayloadBatch {
  readonly memory: SharedArrayBuffer;
  count = 0;
  private readonly fields: Float64Array;
  private readonly octets: Buffer;
  private readonly capacity: number;
  private used = 0;
  private frames = new Map<number, readonly number[]>();
  private tunnels = new Map<number, string>();

  /** `octets` to hold, in at most a payload for every 64 of them; `memory` when the other side has made it. */
  constructor(octets: number, memory?: SharedArrayBuffer) {
    this.capacity = Math.ceil(octets / OCTETS_A_PAYLOAD);
    const fieldBytes = this.capacity * FIELDS * 8;
    this.memory = memory ?? new SharedArrayBuffer(fieldBytes + octets);
    this.fields = new Float64Array(this.memory, 0, this.capacity * FIELDS);
    this.octets = Buffer.from(this.memory, fieldBytes, octets);
  }

  /** False when there is no room for it. */
  add(payload: Payload, numbers: EndpointNumbers): boolean {
    const { fields, count, used } = this;
    const length = payload.end - payload.start;
    if (count === this.capacity || used + length > this.octets.length) return false;
    payload.data.copy(this.octets, used, payload.start, payload.end);
    const at = count * FIELDS;
    fields[at] = used;
    fields[at + 1] = used + length;
    fields[at + 2] = TRANSPORTS.indexOf(payload.transport) * 2 + (payload.truncated ? 1 : 0);
    fields[at + 3] = numbers.of(payload.src);
    fields[at + 4] = numbers.of(payload.dst);
    fields[at + 5] = payload.seconds;
    fields[at + 6] = payload.nanoseconds;
    fields[at + 7] = payload.frame;
    fields[at + 8] = payload.duplicateOf;
    if (payload.frames !== null) this.frames.set(count, payload.frames);
    if (payload.tunnel !== null) this.tunnels.set(count, payload.tunnel);
    this.used = used + length;
    this.count = count + 1;
    return true;
  }

  /** What to send; the batch belongs to the receiver from then on. */
  note(numbers: EndpointNumbers): BatchNote {
    const { memory, count, frames, tunnels } = this;
    return { memory, octets: this.octets.length, count, ...numbers.take(), frames, tunnels };
  }

  /** Empty again, for the next filling. */
  clear(): void {
    this.count = 0;
    this.used = 0;
    this.frames = new Map();
    this.tunnels = new Map();
  }

  /** Hands every payload of a note to `sink`: one object, filled again for each; valid during the call. */
  each(note: BatchNote, endpoints: readonly Endpoint[], sink: (payload: Payload) => void): void {
    const { fields } = this;
    const payload = PAYLOAD;
    payload.data = this.octets;
    for (let index = 0; index < note.count; index++) {
      const at = index * FIELDS;
      payload.start = fields[at];
      payload.end = fields[at + 1];
      payload.transport = TRANSPORTS[fields[at + 2] >> 1];
      payload.truncated = (fields[at + 2] & 1) === 1;
      payload.src = endpoints[fields[at + 3]];
      payload.dst = endpoints[fields[at + 4]];
      payload.seconds = fields[at + 5];
      payload.nanoseconds = fields[at + 6];
      payload.frame = fields[at + 7];
      payload.duplicateOf = fields[at + 8];
      payload.frames = note.frames.get(index) ?? null;
      payload.tunnel = note.tunnels.get(index) ?? null;
      sink(payload);
    }
  }
}

const PAYLOAD = new Payload();
const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
const FIELDS = 9;
const OCTETS_A_PAYLOAD = 64;
