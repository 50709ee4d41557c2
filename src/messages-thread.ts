// The thread of messages-threaded.ts begins here. Compiled code is looked up where the main thread left it; a thread has to
// ask for that anew, before it loads anything.
import { enableCompileCache } from 'node:module';
import { workerData } from 'node:worker_threads';

enableCompileCache();
void import('./messages-read.ts').then(({ readMessages }) => readMessages(workerData));
