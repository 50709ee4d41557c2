// What the messages of a dialog say about the way of requests inside it, looked for once: a dialog may have thousands
// (RFC 3261 §12.1, §12.2; target refresh: RFC 6141 §4).
import { METHOD } from '../../sip/method.ts';
import type { MessageFacts } from './message-facts.ts';
import { mayRefreshTarget } from './target-refresh.ts';
import type { TransactionFacts } from './transaction-facts.ts';

/** What is asked of a dialog. */
interface Way {
  readonly messages: readonly MessageFacts[];
  readonly created: TransactionFacts | undefined;
  fromCaller(message: MessageFacts): boolean;
}

export class DialogWays {
  /** Responses to the request that formed it, in order; a failure makes no route set (§12.1). */
  readonly answers: readonly MessageFacts[];
  /** RFC 6665 §4.4.1: it may form the dialog before the response. */
  readonly notify: MessageFacts | undefined;
  /** Messages whose Contact may be the new address of the caller, and of the callee, in order of time. */
  readonly refreshesOfCaller: readonly MessageFacts[];
  readonly refreshesOfCallee: readonly MessageFacts[];

  constructor(dialog: Way) {
    const answers: MessageFacts[] = [];
    const ofCaller: MessageFacts[] = [];
    const ofCallee: MessageFacts[] = [];
    for (const message of dialog.messages) {
      const { isRequest, status } = message;
      if (!isRequest && status < 300 && !message.truncated && message.transaction === dialog.created)
        answers.push(message);
      if (mayRefreshTarget(message)) (dialog.fromCaller(message) ? ofCaller : ofCallee).push(message);
    }
    this.answers = answers;
    this.notify = dialog.messages.find((one) => one.isRequest && one.methodId === METHOD.NOTIFY);
    this.refreshesOfCaller = ofCaller.sort(byTime);
    this.refreshesOfCallee = ofCallee.sort(byTime);
  }
}

function byTime(one: MessageFacts, other: MessageFacts): number {
  return other.millisecondsTo(one);
}
