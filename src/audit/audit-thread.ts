// A thread of each.ts: judges one set after the other, and hands over what each gave.
import { parentPort } from 'node:worker_threads';
import type { ThreadNote } from './each.ts';
import { runSet, type SetJob } from './set-job.ts';

parentPort!.on('message', (job: SetJob) => {
  runSet(job, { onBlock: (octets, _, packets) => post({ octets, packets }) }).then(
    (outcome) => post({ outcome }),
    (error) => {
      // Out of the promise: the thread fails with it, and with it the work.
      queueMicrotask(() => {
        throw error;
      });
    },
  );
});

function post(note: ThreadNote): void {
  parentPort!.postMessage(note);
}
