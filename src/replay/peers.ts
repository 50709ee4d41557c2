// What peers would have sent, had they received what was predicted instead of what was recorded. As long as both agree, that is
// what was recorded; where the prediction names a dialog otherwise, their messages follow it; where it parts from the recording
// (a call refused that the box let through), the rest of the call is withheld.
import type { SipMessage } from '../sip/message.ts';
import { counterpartOf } from './counterpart.ts';
import { DialogNames } from './dialog-names.ts';
import type { PredictedMessage } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';
import type { Recording } from './recording.ts';
import { answerTo } from './rewritten.ts';
import type { Scenario } from './scenario.ts';
import { branchKey, isInitial } from './transaction-key.ts';

export class Peers {
  /** Where the prediction parted from the recording: the request whose fate differs. */
  readonly parted = new Map<Scenario, RecordedMessage>();
  private readonly recording: Recording;
  private readonly counterparts = new Map<RecordedMessage, PredictedMessage>();
  private readonly names = new DialogNames();
  /** Requests that the box sent, by peer and transaction. */
  private readonly requests = new Map<string, RecordedMessage>();

  constructor(recording: Recording) {
    this.recording = recording;
    for (const one of recording.messages) {
      if (one.way !== 'out' || one.repeats !== null || !one.message.isRequest) continue;
      this.requests.set(branchKey(one.message, one.flow.remote.ip), one);
    }
  }

  /** The core sends this. */
  sent(predicted: PredictedMessage): void {
    this.part(predicted);
    const { message, flow } = predicted;
    const same = message.isRequest ? this.requests.get(branchKey(message, flow.remote.ip)) : undefined;
    const recorded = same ?? counterpartOf(predicted, (one) => this.counterparts.has(one));
    if (recorded === null) return;
    this.counterparts.set(recorded, predicted);
    this.names.learn(recorded, predicted);
  }

  /** What reaches the core in place of what reached the box; null when the peer would not have sent it. */
  received(one: RecordedMessage): SipMessage | null {
    const { message, request } = one;
    if (message.isRequest) {
      if (isInitial(message)) return message;
      return this.parted.has(this.recording.scenarios.of(one.call)) ? null : this.names.requestFor(one);
    }
    // What it answers was not captured: nor is it known what the prediction would make of it.
    if (request === null) return message;
    const asked = this.counterparts.get(request);
    return asked === undefined ? null : answerTo(asked.message, request.message, message);
  }

  /** The predicted message that stands for a recorded one. */
  counterpart(recorded: RecordedMessage): PredictedMessage | undefined {
    return this.counterparts.get(recorded);
  }

  /** A request outside dialogs that succeeds where it had failed, or the reverse: what follows is another call. */
  private part({ message, cause }: PredictedMessage): void {
    if (message.isRequest || message.status < 200 || cause === null) return;
    const request = cause.request?.cause ?? cause;
    if (!isInitial(request.message) || message.cseqMethod !== request.message.method) return;
    const final = request.responses.find((one) => one.message.status >= 200);
    if (final === undefined || isSuccess(final.message) === isSuccess(message)) return;
    const scenario = this.recording.scenarios.of(request.call);
    if (!this.parted.has(scenario)) this.parted.set(scenario, request);
  }
}

function isSuccess({ status }: SipMessage): boolean {
  return status < 300;
}
