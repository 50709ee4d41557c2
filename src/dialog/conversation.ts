// Page-mode messages have no dialog (RFC 3428 §4); what makes them a conversation is who writes to whom.
import type { Call } from './call.ts';

/** Of a conversation both URIs, the same for either direction; of any other kind ''. */
export function conversationOf(call: Call): string {
  if (call.kind !== 'message') return '';
  return call.from < call.to ? `${call.from} ${call.to}` : `${call.to} ${call.from}`;
}
