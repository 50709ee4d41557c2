// The thread of inline-check.ts: messages in, findings out, each when its call is over.
import { parentPort } from 'node:worker_threads';
import type { SetAudit } from '../../audit/set-audit.ts';
import { openSet } from '../../audit/set-job.ts';
import { Correlator } from '../../dialog/correlator.ts';
import { OutcomeLedger } from '../../network/outcome.ts';
import { Payload } from '../../network/payload.ts';
import { SipMessage } from '../../sip/message.ts';
import type { CheckNote, CheckOrder, CheckRow } from './inline-check.ts';

type Begin = Extract<CheckOrder, { readonly begin: unknown }>['begin'];

class Judging {
  private readonly audit: SetAudit;
  private readonly correlator: Correlator;
  private readonly payload = new Payload();
  private readonly view = new SipMessage();

  static async open({ policy, minSeverity, today }: Begin): Promise<Judging> {
    const audit = await openSet(
      {
        ...{ set: 1, captures: [], choice: { only: [], skip: [] }, modules: [], policy, filter: null },
        ...{ today, minSeverity, baseline: new Set<string>(), writesBaseline: false, exhibits: false },
      },
      (finding) => say({ finding }),
    );
    return new Judging(audit);
  }

  private constructor(audit: SetAudit) {
    this.audit = audit;
    const { keepMessages = true, onMessage, onCall, onDiagnostic } = audit.handlers;
    this.correlator = new Correlator({
      keepMessages,
      onDiagnostic,
      onCall: (call) => onCall?.(call, NO_NAMES),
      ...(onMessage && { onMessage }),
    });
  }

  judge(rows: readonly CheckRow[], octets: Uint8Array): void {
    const { payload, view } = this;
    payload.data = Buffer.from(octets.buffer);
    payload.end = 0;
    for (const { at, frame, transport, src, dst, length } of rows) {
      payload.start = payload.end;
      payload.end += length;
      payload.transport = transport;
      payload.src = src;
      payload.dst = dst;
      payload.seconds = Math.floor(at / 1000);
      payload.nanoseconds = Math.floor((at - payload.seconds * 1000) * 1e6);
      payload.frame = frame;
      if (view.read(payload)) this.correlator.message(view);
    }
  }

  end(): void {
    this.correlator.end();
    this.audit.end({ inputs: [], ledger: new OutcomeLedger(), ...NO_NAMES });
  }
}

let begin: Begin | undefined;
let judging: Judging | undefined;

async function obey(order: CheckOrder): Promise<void> {
  if ('begin' in order) begin = order.begin;
  if ('begin' in order || 'forget' in order) judging = await Judging.open(begin!);
  else if ('end' in order) {
    judging?.end();
    say({ ended: true });
  } else {
    judging?.judge(order.rows, order.octets);
    say({ done: order.octets.length });
  }
}

function say(note: CheckNote): void {
  parentPort!.postMessage(note);
}

const NO_NAMES = { names: new Map<string, string>() };
// Orders are obeyed one after the other, although one of them waits.
let last: Promise<void> = Promise.resolve();
parentPort!.on('message', (order: CheckOrder) => {
  last = last
    .then(() => obey(order))
    .catch((error: unknown) => say({ failed: String((error as Error).stack) }));
});
