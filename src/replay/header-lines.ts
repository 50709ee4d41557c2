// The header lines of a message as they are spelled and in which order they stand.
import { HEADERS } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';

/** Long name → its name as first spelled in the message. */
export function headerSpellings(message: SipMessage): Map<string, string> {
  const spellings = new Map<string, string>();
  for (let row = 0; row < message.headerCount; row++) {
    const name = longName(message, row);
    if (!spellings.has(name)) spellings.set(name, message.headerName(row));
  }
  return spellings;
}

/** Long names in the order of their first lines. */
export function firstOrder(message: SipMessage): string[] {
  return [...headerSpellings(message).keys()];
}

function longName(message: SipMessage, row: number): string {
  const id = message.headerId(row);
  return id === 0 ? message.headerName(row).toLowerCase() : HEADERS[id]!.name;
}
