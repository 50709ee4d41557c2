// The captures → calls, while they are read: the reading hands the thread back between blocks, so that keys are answered. Of
// a call that goes on the row is made when it is looked at; of one that is over it is kept. Messages are kept as long as
// they are few octets; of large files they are read again when a call is opened (reopen.ts).
import { statSync } from 'node:fs';
import type { InputStatus } from '../../capture/capture-set.ts';
import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { Call, MessageInfo } from '../../dialog/call.ts';
import { CallStreams } from '../../dialog/call-streams.ts';
import { readCaptures } from '../../pipeline.ts';
import { HEADER } from '../../sip/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type CallRow, callRow, methodBit, type ToldByMessages } from './call-row.ts';
import { FramePool } from './frame-pool.ts';

export interface ReadingOptions {
  readonly inputs: readonly string[];
  readonly threaded: boolean;
  /** A header whose first value is a column of its own; '' for none. */
  readonly customHeader: string;
  /** Something is new; asked for at most once a block. */
  readonly onChange: () => void;
}

export interface Counted {
  readonly methods: ReadonlyMap<string, number>;
  readonly statuses: ReadonlyMap<number, number>;
  readonly transports: ReadonlyMap<string, number>;
  readonly messages: number;
  readonly retransmissions: number;
}

export class CallReading {
  /** 0–1; NaN where the size is not known. */
  progress = 0;
  done = false;
  failure = '';
  packets = 0;
  names: ReadonlyMap<string, string> = new Map();
  inputs: readonly InputStatus[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly outcomes = new Map<string, number>();
  /** Grows whenever something is new. */
  version = 0;

  private readonly options: ReadingOptions;
  /** By number less one. */
  private readonly entries: (CallRow | LiveCall)[] = [];
  private readonly places: number[] = [];
  private readonly frames = new FramePool();
  private readonly kept = new Map<number, Call>();
  private readonly keepsAny: boolean;
  /** The media of the calls, where it is gathered while they are read; else it is read when a call is opened. */
  readonly streams: CallStreams | null;
  private octets = 0;
  private stopping = false;
  private resume: (() => void) | null = null;
  private waiting: Promise<void> | null = null;
  private readonly methods = new Map<string, number>();
  private readonly statuses = new Map<number, number>();
  private readonly transports = new Map<string, number>();
  private messages = 0;
  private retransmissions = 0;

  constructor(options: ReadingOptions) {
    this.options = options;
    this.keepsAny = options.inputs.some(isStream) || sizeOf(options.inputs) <= KEPT_FILES;
    this.streams = this.keepsAny ? new CallStreams((diagnostic) => this.diagnostics.push(diagnostic)) : null;
  }

  get count(): number {
    return this.entries.length;
  }

  get counted(): Counted {
    const { methods, statuses, transports, messages, retransmissions } = this;
    return { methods, statuses, transports, messages, retransmissions };
  }

  /** Of a call by its number, from 1. */
  row(id: number): CallRow {
    const entry = this.entries[id - 1]!;
    return 'call' in entry ? callRow(entry.call, entry.told, true) : entry;
  }

  /** The call with its messages, where they were kept. */
  keptCall(id: number): Call | undefined {
    const entry = this.entries[id - 1];
    const call = entry !== undefined && 'call' in entry ? entry.call : this.kept.get(id);
    return call?.events !== undefined && call.events.length >= Math.min(call.messages, 1) ? call : undefined;
  }

  /** Every call is kept with its messages. */
  get keepsAll(): boolean {
    return this.keepsAny && this.octets < KEPT_OCTETS;
  }

  /** Packets of a call. */
  framesOf(id: number): readonly number[] {
    const entry = this.entries[id - 1]!;
    return 'call' in entry ? [...entry.call.frames] : this.frames.at(this.places[id - 1]!);
  }

  get paused(): boolean {
    return this.waiting !== null;
  }

  pause(on: boolean): void {
    if (on && this.waiting === null) {
      this.waiting = new Promise((resolve) => {
        this.resume = resolve;
      });
    } else if (!on) {
      this.resume?.();
      this.resume = null;
      this.waiting = null;
    }
  }

  stop(): void {
    this.stopping = true;
    this.pause(false);
  }

  /** Resolves when all is read. */
  async read(): Promise<void> {
    const { inputs, threaded, onChange } = this.options;
    const { streams } = this;
    try {
      const result = await readCaptures({
        inputs,
        threaded,
        keepMessages: this.keepsAny ? () => this.octets < KEPT_OCTETS : false,
        reuseCalls: !this.keepsAny,
        onMessage: (message, info) => this.message(message, info),
        onRtp: streams === null ? undefined : (packet) => streams.packet(packet),
        onCall: (call, { names }) => {
          this.names = names;
          streams?.call(call);
          this.call(call);
        },
        onDiagnostic: (diagnostic) => {
          if (this.diagnostics.length < MOST_DIAGNOSTICS) this.diagnostics.push(diagnostic);
        },
        onBlock: (done, total, packets) => {
          this.progress = total > 0 ? done / total : Number.NaN;
          this.packets = packets;
          this.changed();
          return this.waiting ?? undefined;
        },
        stopped: () => this.stopping,
      });
      this.inputs = result.inputs;
      this.packets = result.ledger.read;
      for (const [name, count] of result.ledger.occurred()) this.outcomes.set(name, count);
      if (result.inputs.every(({ error }) => error !== undefined))
        this.failure = result.inputs.map(({ path, error }) => `${path}: ${error}`).join('; ');
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
    }
    this.done = true;
    this.progress = 1;
    this.changed();
    onChange();
  }

  private changed(): void {
    this.version++;
    this.options.onChange();
  }

  private message(message: SipMessage, info: MessageInfo): void {
    const { id } = info.call;
    this.streams?.message(message, info.call);
    if (id > this.entries.length) this.entries.push({ call: info.call, told: this.firstTold(message) });
    const entry = this.entries[id - 1]!;
    this.messages++;
    if (info.retransmissionOf > 0) this.retransmissions++;
    if (this.keepsAny) this.octets += message.limit - message.start;
    count(this.transports, message.transport);
    if (!('call' in entry)) return;
    if (message.isRequest) {
      const { method } = message;
      count(this.methods, method);
      entry.told.methods |= methodBit(method);
      return;
    }
    count(this.statuses, message.status);
    if (message.status >= 300 && entry.told.warning === '')
      entry.told.warning = message.value(HEADER.Warning) ?? '';
  }

  private firstTold(message: SipMessage): Told {
    const { customHeader } = this.options;
    return {
      xCallId: first(message, 'X-Call-ID') || first(message, 'X-CID'),
      userAgent: message.value(HEADER['User-Agent']) ?? message.value(HEADER.Server) ?? '',
      warning: '',
      custom: customHeader === '' ? '' : first(message, customHeader),
      methods: 0,
    };
  }

  private call(call: Call): void {
    const entry = this.entries[call.id - 1];
    if (entry === undefined || !('call' in entry)) return;
    this.entries[call.id - 1] = callRow(call, entry.told, false);
    this.places[call.id - 1] = this.frames.add(call.frames);
    if (call.events !== undefined) this.kept.set(call.id, call);
  }
}

interface Told extends ToldByMessages {
  warning: string;
  methods: number;
}

interface LiveCall {
  readonly call: Call;
  readonly told: Told;
}

function first(message: SipMessage, name: string): string {
  const row = message.findName(name);
  return row < 0 ? '' : message.headerValue(row);
}

function count<T>(tally: Map<T, number>, name: T): void {
  const before = tally.get(name);
  if (before !== undefined || tally.size < MOST_NAMES) tally.set(name, (before ?? 0) + 1);
}

/** Standard input, a pipe, or a compressed file: no packet of it is read again by its offset. */
function isStream(path: string): boolean {
  return (
    path === '-' || /\.(gz|zst)$/i.test(path) || statSync(path, { throwIfNoEntry: false })?.isFile() !== true
  );
}

function sizeOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}

/** Files of no more octets are kept whole, those that cannot be read again up to as many octets of messages. */
const KEPT_FILES = 32 << 20;
const KEPT_OCTETS = 64 << 20;
const MOST_DIAGNOSTICS = 1000;
const MOST_NAMES = 1000;
