/** Names a request of the SBC's that makes a dialog, as its far side has it: Call-ID and From tag (a NOTIFY's To tag, RFC 6665 §4.4.1). */
export function setupKey(callId: string, localTag: string): string {
  return `${callId}\n${localTag}`;
}
