// Messages and calls as they are read → rows of the list, and what is counted. Of a call that goes on the row is made when it is
// looked at; of one that is over it is kept. Messages are kept as long as they are few octets; of large files they are read
// again when a call is opened (reopen.ts).
import { statSync } from 'node:fs';
import type { InputStatus } from '../../capture/capture-set.ts';
import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { Call, MessageInfo } from '../../dialog/call.ts';
import { CallStreams } from '../../dialog/call-streams.ts';
import { OutcomeLedger } from '../../network/outcome.ts';
import type { PipelineOptions, PipelineResult } from '../../pipeline.ts';
import { HEADER } from '../../sip/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { type CallRow, callRow, methodBit, type ToldByMessages } from './call-row.ts';
import { FramePool } from './frame-pool.ts';

export class Gathered {
  packets = 0;
  failure = '';
  names: ReadonlyMap<string, string> = new Map();
  inputs: readonly InputStatus[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly methods = new Map<string, number>();
  readonly statuses = new Map<number, number>();
  readonly transports = new Map<string, number>();
  messages = 0;
  retransmissions = 0;
  /** The media of the calls, where it is gathered while they are read; else it is read when a call is opened. */
  readonly streams: CallStreams | null;
  private readonly ledger = new OutcomeLedger();
  private readonly customHeader: string;
  /** By number less one. */
  private readonly entries: (CallRow | LiveCall)[] = [];
  private readonly places: number[] = [];
  private readonly frames = new FramePool();
  private readonly kept = new Map<number, Call>();
  private readonly keepsAny: boolean;
  private octets = 0;

  constructor(inputs: readonly string[], customHeader: string) {
    this.customHeader = customHeader;
    this.keepsAny = inputs.some(isStream) || sizeOf(inputs) <= KEPT_FILES;
    this.streams = this.keepsAny ? new CallStreams((diagnostic) => this.diagnostic(diagnostic)) : null;
  }

  get count(): number {
    return this.entries.length;
  }

  get outcomes(): ReadonlyMap<string, number> {
    return new Map(this.ledger.occurred());
  }

  /** What the pipeline is to call. */
  get handlers(): Omit<PipelineOptions, 'inputs'> {
    const { streams } = this;
    return {
      ledger: this.ledger,
      keepMessages: this.keepsAny ? () => this.octets < KEPT_OCTETS : false,
      reuseCalls: !this.keepsAny,
      onMessage: (message, info) => this.message(message, info),
      onRtp: streams === null ? undefined : (packet) => streams.packet(packet),
      onCall: (call, { names }) => {
        this.names = names;
        streams?.call(call);
        this.call(call);
      },
      onDiagnostic: (diagnostic) => this.diagnostic(diagnostic),
    };
  }

  isOpen(id: number): boolean {
    return 'call' in this.entries[id - 1]!;
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

  end({ inputs }: PipelineResult): void {
    this.inputs = inputs;
    this.packets = this.ledger.read;
    if (inputs.every(({ error }) => error !== undefined))
      this.failure = inputs.map(({ path, error }) => `${path}: ${error}`).join('; ');
  }

  private diagnostic(diagnostic: Diagnostic): void {
    if (this.diagnostics.length < MOST_DIAGNOSTICS) this.diagnostics.push(diagnostic);
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
    const { customHeader } = this;
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
export function isStream(path: string): boolean {
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
