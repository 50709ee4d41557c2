// Where the answers of the first hop are not in the capture, those of a later hop tell how the INVITE ended.
import { METHOD } from '../../sip/method.ts';
import type { OpenCall } from '../open-call.ts';
import { stateOfFailure } from './failure-state.ts';

/** The final response that a later hop saw to the newest attempt, a 2xx before others; 0 when none. */
export function laterHopFinal(call: OpenCall): number {
  const { attempt } = call;
  // Any response at the first hop speaks for itself.
  if (attempt === null || attempt.state !== 0) return 0;
  let final = 0;
  for (let one = call.newest; one !== null; one = one.older) {
    if (one.method !== METHOD.INVITE || one.cseq !== attempt.cseq || one.upstream === null) continue;
    if (one.final >= 200 && (final === 0 || one.final < 300)) final = one.final;
  }
  return final;
}

/** Of a call that is over or given up while it seemed to be set up still. */
export function takeLaterHop(call: OpenCall): void {
  if (call.state !== 'call-setup') return;
  const final = laterHopFinal(call);
  if (final > 0) call.state = final < 300 ? 'in-call' : stateOfFailure(final);
}
