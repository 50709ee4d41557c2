// What a final response from 300 up makes of a call that was being set up.
import type { CallState } from '../call-state.ts';

export function stateOfFailure(status: number): CallState {
  if (status < 400) return 'diverted'; // RFC 3261 §21.3
  switch (status) {
    case 401: // RFC 3261 §21.4.2
    case 407: // RFC 3261 §21.4.8
      return 'challenged';
    case 486: // RFC 3261 §21.4.24 Busy Here
    case 600: // RFC 3261 §21.6.1 Busy Everywhere
      return 'busy';
    case 487: // RFC 3261 §21.4.25 Request Terminated: by CANCEL or BYE
      return 'cancelled';
    default:
      return 'rejected';
  }
}
