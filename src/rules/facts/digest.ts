// Challenges and credentials of one message, Digest only (RFC 7616, RFC 3261 §22.4).
import { type Credentials, parseCredentials } from '../../sip/header/credentials.ts';
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { remembered } from '../../sip/remembered.ts';

export interface DigestRow {
  /** Row of the header table. */
  readonly row: number;
  /** In lower case. */
  readonly scheme: string;
  /** A parameter without quotes; undefined when absent. */
  get(name: string): string | undefined;
}

/** Of a 401 or 407. */
export function challengesOf(sip: SipMessage): DigestRow[] {
  return rowsOf(sip, HEADER['WWW-Authenticate'], HEADER['Proxy-Authenticate']);
}

/** Of a request. */
export function credentialsOf(sip: SipMessage): DigestRow[] {
  return rowsOf(sip, HEADER.Authorization, HEADER['Proxy-Authorization']);
}

/** `MD5` where none is named (RFC 7616 §3.3), in upper case. */
export function algorithmOf(row: DigestRow): string {
  return (row.get('algorithm') ?? 'MD5').toUpperCase();
}

function rowsOf(sip: SipMessage, ...ids: readonly HeaderId[]): DigestRow[] {
  const rows: DigestRow[] = [];
  for (const id of ids) {
    for (let row = sip.find(id); row >= 0; row = sip.find(id, row + 1)) {
      const { scheme, params }: Credentials = credentials(sip.headerValue(row));
      rows.push({ row, scheme: scheme.toLowerCase(), get: (name) => params.get(name) });
    }
  }
  return rows;
}

const credentials = remembered(parseCredentials);
