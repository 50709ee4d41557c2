// `sipspect inline --check`: what the SBC says and is told, judged by the rules of `audit` as it happens. A finding comes when its
// call is over, as in an audit; an error in the judging ends the judging, not the calls.

import type { AuditFinding } from '../audit/audit-finding.ts';
import type { SetAudit } from '../audit/set-audit.ts';
import { openSet } from '../audit/set-job.ts';
import type { Severity } from '../capture/diagnostic.ts';
import { Correlator } from '../dialog/correlator.ts';
import type { Traffic } from '../inline/traffic.ts';
import { OutcomeLedger } from '../network/outcome.ts';
import { Payload } from '../network/payload.ts';
import type { Flow } from '../sbc/flow.ts';
import { SipMessage } from '../sip/message.ts';

export interface LiveCheckOptions {
  readonly policy: { readonly text: string; readonly file: string };
  readonly minSeverity: Severity;
  readonly onFinding: (finding: AuditFinding) => void;
  readonly onFailure: (error: unknown) => void;
  /** Number of the packet that the message just heard of is, in the record; else messages are counted. */
  readonly frame: (() => number) | null;
}

export class LiveCheck implements Traffic {
  private readonly options: LiveCheckOptions;
  private readonly audit: SetAudit;
  private readonly correlator: Correlator;
  private readonly payload = new Payload();
  private readonly view = new SipMessage();
  private messages = 0;
  private isOver = false;

  static async open(options: LiveCheckOptions): Promise<LiveCheck> {
    const { policy, minSeverity, onFinding } = options;
    const audit = await openSet(
      {
        ...{ set: 1, captures: [], choice: { only: [], skip: [] }, modules: [], policy, filter: null },
        today: new Date().toISOString().slice(0, 10),
        ...{ minSeverity, baseline: new Set<string>(), exhibits: false },
      },
      onFinding,
    );
    return new LiveCheck(options, audit);
  }

  private constructor(options: LiveCheckOptions, audit: SetAudit) {
    this.options = options;
    this.audit = audit;
    const { keepMessages = true, onMessage, onCall, onDiagnostic } = audit.handlers;
    this.correlator = new Correlator({
      keepMessages,
      onDiagnostic,
      onCall: (call) => onCall?.(call, NO_NAMES),
      ...(onMessage && { onMessage }),
    });
  }

  message(at: number, flow: Flow, incoming: boolean, octets: Buffer, start: number, end: number): void {
    if (this.isOver) return;
    const { payload, view } = this;
    payload.data = octets;
    payload.start = start;
    payload.end = end;
    payload.transport = flow.transport;
    payload.src = incoming ? flow.remote : flow.local;
    payload.dst = incoming ? flow.local : flow.remote;
    payload.seconds = Math.floor(at / 1000);
    payload.nanoseconds = Math.floor((at - payload.seconds * 1000) * 1e6);
    this.messages++;
    payload.frame = this.options.frame?.() ?? this.messages;
    this.guarded(() => {
      if (view.read(payload)) this.correlator.message(view);
    });
  }

  connected(): void {}

  closed(): void {}

  /** Calls that are still up are judged as they are. */
  end(): void {
    this.guarded(() => {
      this.correlator.end();
      this.audit.end({ inputs: [], ledger: new OutcomeLedger(), ...NO_NAMES });
    });
    this.isOver = true;
  }

  private guarded(judge: () => void): void {
    if (this.isOver) return;
    try {
      judge();
    } catch (error) {
      this.isOver = true;
      this.options.onFailure(error);
    }
  }
}

const NO_NAMES = { names: new Map<string, string>() };
