// A predicted message, as it is sent → the recorded one that it stands for, as far as can be told before the rest is known.
import type { PredictedMessage } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';

/** Null when the box sent nothing like it for this cause. */
export function counterpartOf(
  { message, cause, adjacency }: PredictedMessage,
  isTaken: (one: RecordedMessage) => boolean,
): RecordedMessage | null {
  if (cause === null) return null;
  const root = cause.request?.cause ?? cause;
  const near = [...cause.effects, ...cause.responses, ...root.effects, ...root.responses];
  const open = near.filter((one) => one.way === 'out' && one.adjacency.name === adjacency && !isTaken(one));
  if (message.isRequest) {
    const alike = open.filter((one) => one.message.isRequest && one.message.method === message.method);
    return alike.find((one) => one.message.branch === message.branch) ?? alike[0] ?? null;
  }
  const answers = open.filter(
    (one) => one.message.cseqMethod === message.cseqMethod && !one.message.isRequest,
  );
  return (
    answers.find((one) => one.message.status === message.status) ??
    answers.find((one) => one.message.status >= 200 && message.status >= 200) ??
    null
  );
}
