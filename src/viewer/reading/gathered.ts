// Messages and calls as they are read → rows of the list, and what is counted. Messages are kept as long as they are few octets;
// of large files they are read again when a call is opened (reopen.ts).
import { statSync } from 'node:fs';
import type { InputStatus } from '../../capture/capture-set.ts';
import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { Call, MessageInfo } from '../../dialog/call.ts';
import { CallStreams } from '../../dialog/session/call-streams.ts';
import { OutcomeLedger } from '../../network/outcome.ts';
import type { PipelineOptions, PipelineResult } from '../../pipeline.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHODS } from '../../sip/method.ts';
import { type CallRow, methodBit } from './call-row.ts';
import { CallRows } from './call-rows.ts';
import { FramePool } from './frame-pool.ts';
import { MessageTally } from './message-tally.ts';

export class Gathered {
  packets = 0;
  failure = '';
  names: ReadonlyMap<string, string> = new Map();
  inputs: readonly InputStatus[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly rows = new CallRows();
  readonly tally = new MessageTally();
  /** The media of the calls, where it is gathered while they are read; else it is read when a call is opened. */
  readonly streams: CallStreams | null;
  private readonly ledger = new OutcomeLedger();
  /** For calls whose first message comes from now on. */
  customHeader: string;
  /** By number. */
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
    return this.rows.count;
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
    return this.rows.liveCall(id) !== undefined;
  }

  /** Of a call by its number, from 1. */
  row(id: number): CallRow {
    return this.rows.row(id);
  }

  /** The call with its messages, where they were kept. */
  keptCall(id: number): Call | undefined {
    const call = this.rows.liveCall(id) ?? this.kept.get(id);
    return call?.events !== undefined && call.events.length >= Math.min(call.messages, 1) ? call : undefined;
  }

  /** Every call is kept with its messages. */
  get keepsAll(): boolean {
    return this.keepsAny && this.octets < KEPT_OCTETS;
  }

  /** Packets of a call. */
  framesOf(id: number): readonly number[] {
    const live = this.rows.liveCall(id);
    return live === undefined ? this.frames.at(this.places[id]!) : [...live.frames];
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
    const { rows, tally } = this;
    const { call } = info;
    this.streams?.message(message, call);
    if (call.id > rows.count) rows.begin(call, this.toldBy(message));
    tally.add(message, info.retransmissionOf > 0);
    if (this.keepsAny) this.octets += message.limit - message.start;
    if (message.isRequest) rows.addMethod(call.id, BITS[message.methodId]!);
    else if (message.status >= 300) this.warn(call.id, message);
  }

  private warn(id: number, message: SipMessage): void {
    const row = message.find(HEADER.Warning);
    if (row >= 0) this.rows.warn(id, message.headerValue(row));
  }

  /** What only the first message of a call tells. */
  private toldBy(message: SipMessage): { xCallId: string; userAgent: string; custom: string } {
    const { customHeader } = this;
    return {
      xCallId: first(message, 'X-Call-ID') || first(message, 'X-CID'),
      userAgent: message.value(HEADER['User-Agent']) ?? message.value(HEADER.Server) ?? '',
      custom: customHeader === '' ? '' : first(message, customHeader),
    };
  }

  private call(call: Call): void {
    if (this.rows.liveCall(call.id) === undefined) return;
    this.rows.end(call);
    this.places[call.id] = this.frames.add(call.frames);
    if (call.events !== undefined) this.kept.set(call.id, call);
  }
}

function first(message: SipMessage, name: string): string {
  const row = message.findName(name);
  return row < 0 ? '' : message.headerValue(row);
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
/** By the number of a method: what stands for it in rows. */
const BITS = METHODS.map(methodBit);
