// `sipspect inline --check`: what the SBC says and is told goes to a thread that judges it by the rules of `audit`. The calls
// come first: when the thread does not keep up, messages are left out until it has, and what it knew of calls is forgotten, since
// half of a call would be judged wrong.
import { Worker } from 'node:worker_threads';
import type { AuditFinding } from '../../audit/audit-finding.ts';
import type { Severity } from '../../capture/diagnostic.ts';
import type { Traffic } from '../../inline/traffic.ts';
import type { Endpoint } from '../../network/endpoint.ts';
import type { Transport } from '../../network/payload.ts';
import type { Flow } from '../../sbc/flow.ts';

export interface LiveCheckOptions {
  readonly policy: { readonly text: string; readonly file: string };
  readonly minSeverity: Severity;
  readonly onFinding: (finding: AuditFinding) => void;
  /** The judging has ended before its time. */
  readonly onFailure: (error: unknown) => void;
  /** So many messages were not judged. */
  readonly onLeft: (messages: number) => void;
  /** Number of the packet that the message just heard of is, in the record; else messages are counted. */
  readonly frame: (() => number) | null;
  /** Octets that may wait for the thread. */
  readonly most?: number;
}

/** What the thread is told. `octets`: of all rows, one after the other. */
export type CheckOrder =
  | { readonly begin: Pick<LiveCheckOptions, 'policy' | 'minSeverity'> & { readonly today: string } }
  | { readonly rows: readonly CheckRow[]; readonly octets: Uint8Array }
  | { readonly forget: true }
  | { readonly end: true };

export interface CheckRow {
  readonly at: number;
  readonly frame: number;
  readonly transport: Transport;
  readonly src: Endpoint;
  readonly dst: Endpoint;
  readonly length: number;
}

/** What it says. `done`: octets of rows that it has judged. */
export type CheckNote =
  | { readonly finding: AuditFinding }
  | { readonly done: number }
  | { readonly failed: string }
  | { readonly ended: true };

export class LiveCheck implements Traffic {
  private readonly options: LiveCheckOptions;
  private readonly worker: Worker;
  private readonly most: number;
  private rows: CheckRow[] = [];
  private octets: Buffer[] = [];
  private size = 0;
  private timer: NodeJS.Timeout | null = null;
  /** Octets that the thread has and has not judged yet. */
  private under = 0;
  private left = 0;
  private messages = 0;
  private isOver = false;
  private onEnded: () => void = () => {};

  constructor(options: LiveCheckOptions) {
    this.options = options;
    this.most = options.most ?? MOST;
    const file = import.meta.url.endsWith('.ts') ? './inline-check-thread.ts' : './inline-check-thread.js';
    this.worker = new Worker(new URL(file, import.meta.url));
    this.worker.on('message', (note: CheckNote) => this.note(note));
    this.worker.on('error', (error) => this.fail(error));
    this.worker.on('exit', () => this.fail('its thread ended'));
    const { policy, minSeverity } = options;
    this.post({ begin: { policy, minSeverity, today: new Date().toISOString().slice(0, 10) } });
  }

  message(at: number, flow: Flow, incoming: boolean, octets: Buffer, start: number, end: number): void {
    if (this.isOver) return;
    this.messages++;
    if (this.left > 0 || this.under + this.size > this.most) {
      this.left++;
      return;
    }
    const [src, dst] = incoming ? [flow.remote, flow.local] : [flow.local, flow.remote];
    const frame = this.options.frame?.() ?? this.messages;
    this.rows.push({ at, frame, transport: flow.transport, src, dst, length: end - start });
    this.octets.push(Buffer.from(octets.subarray(start, end)));
    this.size += end - start;
    if (this.size >= BATCH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), SOON);
  }

  connected(): void {}

  closed(): void {}

  /** Calls that are still up are judged as they are. Resolves when all is. */
  async end(): Promise<void> {
    if (!this.isOver) {
      this.flush();
      await new Promise<void>((resolve) => {
        this.onEnded = resolve;
        this.post({ end: true });
      });
    }
    this.isOver = true;
    this.worker.removeAllListeners();
    await this.worker.terminate();
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.size === 0 || this.isOver) return;
    const octets = new Uint8Array(this.size);
    let at = 0;
    for (const one of this.octets) {
      octets.set(one, at);
      at += one.length;
    }
    this.under += this.size;
    this.post({ rows: this.rows, octets }, [octets.buffer]);
    this.rows = [];
    this.octets = [];
    this.size = 0;
  }

  private note(note: CheckNote): void {
    if ('finding' in note) this.options.onFinding(note.finding);
    else if ('failed' in note) this.fail(note.failed);
    else if ('ended' in note) this.onEnded();
    else {
      this.under -= note.done;
      if (this.under > 0 || this.size > 0 || this.left === 0) return;
      this.options.onLeft(this.left);
      this.left = 0;
      this.post({ forget: true });
    }
  }

  private fail(error: unknown): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.timer !== null) clearTimeout(this.timer);
    this.options.onFailure(error);
    this.onEnded();
  }

  private post(order: CheckOrder, transfer: ArrayBuffer[] = []): void {
    this.worker.postMessage(order, transfer);
  }
}

const BATCH = 128 << 10;
const MOST = 32 << 20;
/** Milliseconds. */
const SOON = 50;
