// Sets that are judged one by one, at once in as many threads as there are processors: what they gave comes in the order of the
// sets, whichever is ready first.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SetOutcome } from './set-audit.ts';
import { runSet, type SetJob } from './set-job.ts';

export interface EachHooks {
  /** In the order of the jobs. */
  readonly onOutcome: (outcome: SetOutcome) => void;
  /** Of all jobs together: octets read, packets. */
  readonly onProgress: (octets: number, packets: number) => void | Promise<void>;
  /** Asked between blocks: true ends the work early. */
  readonly stopped: () => boolean;
  /** At most so many at once. */
  readonly threads?: number;
}

/** What a thread says: how far it is, and at last what its set gave. */
export type ThreadNote =
  | { readonly octets: number; readonly packets: number }
  | { readonly outcome: SetOutcome };

export async function runEach(jobs: readonly SetJob[], hooks: EachHooks): Promise<void> {
  const threads = Math.min(hooks.threads ?? availableParallelism(), jobs.length);
  const order = new InOrder(hooks.onOutcome);
  const progress = new Total(hooks);
  const left = jobs.map((job, index) => ({ job, index })).reverse();
  const work = async (): Promise<void> => {
    const thread = new JobThread();
    try {
      for (let next = left.pop(); next !== undefined && !hooks.stopped(); next = left.pop()) {
        const { job, index } = next;
        const said = (octets: number, packets: number) => progress.say(index, octets, packets);
        // Standard input belongs to this thread.
        const isHere = threads < 2 || job.captures.includes('-');
        order.settle(index, await (isHere ? runHere(job, said, hooks) : thread.run(job, said)));
      }
    } finally {
      await thread.end();
    }
  };
  await Promise.all(Array.from({ length: threads }, work));
}

function runHere(job: SetJob, said: Said, { stopped }: EachHooks): Promise<SetOutcome> {
  return runSet(job, { stopped, onBlock: (done, _, packets) => said(done, packets) });
}

/** A thread that runs one job after the other; it begins with the first. */
class JobThread {
  private worker: Worker | null = null;

  run(job: SetJob, said: Said): Promise<SetOutcome> {
    const file = import.meta.url.endsWith('.ts') ? './audit-thread.ts' : './audit-thread.js';
    this.worker ??= new Worker(new URL(file, import.meta.url));
    const { worker } = this;
    worker.removeAllListeners();
    return new Promise((resolve, reject) => {
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error(`the thread for ${job.captures.join(', ')} ended early`)));
      worker.on('message', (note: ThreadNote) => {
        if ('outcome' in note) resolve(note.outcome);
        else void said(note.octets, note.packets);
      });
      worker.postMessage(job);
    });
  }

  async end(): Promise<void> {
    this.worker?.removeAllListeners();
    await this.worker?.terminate();
  }
}

type Said = (octets: number, packets: number) => void | Promise<void>;

/** Hands on what is ready when all before it are. */
class InOrder {
  private readonly ready = new Map<number, SetOutcome>();
  private readonly onOutcome: (outcome: SetOutcome) => void;
  private next = 0;

  constructor(onOutcome: (outcome: SetOutcome) => void) {
    this.onOutcome = onOutcome;
  }

  settle(index: number, outcome: SetOutcome): void {
    this.ready.set(index, outcome);
    for (let one = this.ready.get(this.next); one !== undefined; one = this.ready.get(this.next)) {
      this.ready.delete(this.next++);
      this.onOutcome(one);
    }
  }
}

/** Adds up how far the jobs are. */
class Total {
  private readonly at = new Map<number, readonly [octets: number, packets: number]>();
  private readonly hooks: EachHooks;
  private octets = 0;
  private packets = 0;

  constructor(hooks: EachHooks) {
    this.hooks = hooks;
  }

  say(index: number, octets: number, packets: number): void | Promise<void> {
    const [before, packetsBefore] = this.at.get(index) ?? [0, 0];
    this.at.set(index, [octets, packets]);
    this.octets += octets - before;
    this.packets += packets - packetsBefore;
    return this.hooks.onProgress(this.octets, this.packets);
  }
}
