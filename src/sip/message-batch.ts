// Messages on their way from one thread to another: their octets and what the scan found, in shared memory. A batch is
// filled on one side and emptied on the other; only one side works on it at a time.
import type { Endpoint } from '../network/endpoint.ts';
import type { Transport } from '../network/payload.ts';
import { SipMessage } from './message.ts';
import { COLUMNS } from './scan.ts';

/** What goes with the shared memory in the note that hands a batch over. */
export interface BatchNote {
  readonly memory: SharedArrayBuffer;
  /** What the batch was made to hold. */
  readonly octets: number;
  readonly count: number;
  /** Endpoints that the batch is the first to use; they get the next numbers. */
  readonly endpoints: readonly Endpoint[];
  /** The numbers begin again at 0 with this batch. */
  readonly renumbered: boolean;
  /** Packets of those messages that came in several, by their place in the batch. */
  readonly frames: ReadonlyMap<number, readonly number[]>;
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

export class MessageBatch {
  readonly memory: SharedArrayBuffer;
  count = 0;
  private readonly words: Int32Array;
  private readonly octets: Buffer;
  private usedWords = 0;
  private usedOctets = 0;
  private frames = new Map<number, readonly number[]>();

  /** `octets` to hold, and as much again for what the scan found; `memory` when the other side has made it. */
  constructor(octets: number, memory?: SharedArrayBuffer) {
    const wordBytes = Math.ceil(octets / 8) * 8 + SLACK;
    this.memory = memory ?? new SharedArrayBuffer(wordBytes + octets);
    this.words = new Int32Array(this.memory, 0, wordBytes >> 2);
    this.octets = Buffer.from(this.memory, wordBytes, octets);
  }

  /** False when there is no room for it. */
  add(m: SipMessage, numbers: EndpointNumbers): boolean {
    const length = m.limit - m.start;
    const rows = m.headerCount * COLUMNS;
    const { words, usedOctets } = this;
    if (usedOctets + length > this.octets.length || this.usedWords + FIXED_WORDS + rows > words.length)
      return false;
    m.data.copy(this.octets, usedOctets, m.start, m.limit);
    const by = usedOctets - m.start;
    let at = this.usedWords;
    words[at++] = numbers.of(m.src);
    words[at++] = numbers.of(m.dst);
    // What may be more than 32 bits is stored as high and low halves, which keep -1 as well.
    words[at++] = Math.floor(m.frame / TWO_32);
    words[at++] = m.frame | 0;
    words[at++] = Math.floor(m.seconds / TWO_32);
    words[at++] = m.seconds | 0;
    words[at++] = m.nanoseconds;
    words[at++] = Math.floor(m.duplicateOf / TWO_32);
    words[at++] = m.duplicateOf | 0;
    words[at++] =
      TRANSPORTS.indexOf(m.transport) |
      (m.truncated ? 8 : 0) |
      (m.isRequest ? 16 : 0) |
      (m.headersComplete ? 32 : 0);
    words[at++] = m.start + by;
    words[at++] = m.end + by;
    words[at++] = m.limit + by;
    words[at++] = m.methodId;
    words[at++] = m.status;
    words[at++] = moved(m.methodStart, by);
    words[at++] = moved(m.methodEnd, by);
    words[at++] = moved(m.uriStart, by);
    words[at++] = moved(m.uriEnd, by);
    words[at++] = moved(m.versionStart, by);
    words[at++] = moved(m.versionEnd, by);
    words[at++] = moved(m.reasonStart, by);
    words[at++] = moved(m.reasonEnd, by);
    words[at++] = moved(m.startLineEnd, by);
    words[at++] = m.viaRow;
    words[at++] = m.fromRow;
    words[at++] = m.toRow;
    words[at++] = m.callIdRow;
    words[at++] = m.cseqRow;
    words[at++] = moved(m.callIdStart, by);
    words[at++] = moved(m.callIdEnd, by);
    words[at++] = moved(m.branchStart, by);
    words[at++] = moved(m.branchEnd, by);
    words[at++] = moved(m.fromTagStart, by);
    words[at++] = moved(m.fromTagEnd, by);
    words[at++] = moved(m.toTagStart, by);
    words[at++] = moved(m.toTagEnd, by);
    words[at++] = Math.floor(m.cseqNumber / TWO_32);
    words[at++] = m.cseqNumber | 0;
    words[at++] = m.cseqMethodId;
    words[at++] = moved(m.cseqMethodStart, by);
    words[at++] = moved(m.cseqMethodEnd, by);
    words[at++] = Math.floor(m.contentLength / TWO_32);
    words[at++] = m.contentLength | 0;
    words[at++] = m.headerCount;
    words[at++] = m.flags;
    words[at++] = moved(m.bodyStart, by);
    words[at++] = moved(m.bodyEnd, by);
    const { table } = m;
    for (let i = 0; i < rows; i += COLUMNS) {
      words[at++] = table[i];
      for (let column = 1; column < COLUMNS; column++) words[at++] = table[i + column] + by;
    }
    if (m.frames !== null) this.frames.set(this.count, m.frames);
    this.usedWords = at;
    this.usedOctets = usedOctets + length;
    this.count++;
    return true;
  }

  /** What to send; the batch belongs to the receiver from then on. */
  note(numbers: EndpointNumbers): BatchNote {
    const { memory, count, frames } = this;
    return { memory, octets: this.octets.length, count, ...numbers.take(), frames };
  }

  /** Hands every message of a note to `sink`: one object, filled again for each; a view, valid during the call. */
  each(note: BatchNote, endpoints: readonly Endpoint[], sink: (message: SipMessage) => void): void {
    const { words } = this;
    const m = new SipMessage();
    m.data = this.octets;
    let table = new Int32Array(64 * COLUMNS);
    m.table = table;
    let at = 0;
    for (let index = 0; index < note.count; index++) {
      m.forget();
      m.src = endpoints[words[at++]];
      m.dst = endpoints[words[at++]];
      m.frame = words[at++] * TWO_32 + (words[at++] >>> 0);
      m.seconds = words[at++] * TWO_32 + (words[at++] >>> 0);
      m.nanoseconds = words[at++];
      m.duplicateOf = words[at++] * TWO_32 + (words[at++] >>> 0);
      const bits = words[at++];
      m.transport = TRANSPORTS[bits & 7];
      m.truncated = (bits & 8) !== 0;
      m.isRequest = (bits & 16) !== 0;
      m.headersComplete = (bits & 32) !== 0;
      m.start = words[at++];
      m.end = words[at++];
      m.limit = words[at++];
      m.methodId = words[at++];
      m.status = words[at++];
      m.methodStart = words[at++];
      m.methodEnd = words[at++];
      m.uriStart = words[at++];
      m.uriEnd = words[at++];
      m.versionStart = words[at++];
      m.versionEnd = words[at++];
      m.reasonStart = words[at++];
      m.reasonEnd = words[at++];
      m.startLineEnd = words[at++];
      m.viaRow = words[at++];
      m.fromRow = words[at++];
      m.toRow = words[at++];
      m.callIdRow = words[at++];
      m.cseqRow = words[at++];
      m.callIdStart = words[at++];
      m.callIdEnd = words[at++];
      m.branchStart = words[at++];
      m.branchEnd = words[at++];
      m.fromTagStart = words[at++];
      m.fromTagEnd = words[at++];
      m.toTagStart = words[at++];
      m.toTagEnd = words[at++];
      m.cseqNumber = words[at++] * TWO_32 + (words[at++] >>> 0);
      m.cseqMethodId = words[at++];
      m.cseqMethodStart = words[at++];
      m.cseqMethodEnd = words[at++];
      m.contentLength = words[at++] * TWO_32 + (words[at++] >>> 0);
      m.headerCount = words[at++];
      m.flags = words[at++];
      m.bodyStart = words[at++];
      m.bodyEnd = words[at++];
      const rows = m.headerCount * COLUMNS;
      if (rows > table.length) {
        table = new Int32Array(rows);
        m.table = table;
      }
      for (let i = 0; i < rows; i++) table[i] = words[at++];
      m.frames = note.frames.get(index) ?? null;
      sink(m);
    }
  }
}

/** An offset in the octets of the batch; -1 stays what it is. */
function moved(offset: number, by: number): number {
  return offset < 0 ? offset : offset + by;
}

const TRANSPORTS: readonly Transport[] = ['udp', 'tcp', 'sctp', 'tls', 'ws', 'wss'];
const TWO_32 = 0x100000000;
/** Words of a message before its header table. */
const FIXED_WORDS = 48;
/** Room for one message of very many headers. */
const SLACK = 256 << 10;
