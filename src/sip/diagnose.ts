// Everything wrong with a message, as diagnostics with stable codes.
import type { Diagnostic } from '../capture/diagnostic.ts';
import type { SipMessage } from './message.ts';

export function diagnoseMessage(_message: SipMessage): readonly Diagnostic[] {
  return [];
}
