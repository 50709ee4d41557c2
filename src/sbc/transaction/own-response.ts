// A response that the transaction layer gives by itself (RFC 3261 §8.2.6), without a body.
import { HEADER } from '../../sip/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { statusName } from '../../sip/status.ts';
import { statusLine, writeMessage } from '../../sip/write.ts';

/** `toTag` is for a To that has none. */
export function ownResponse(
  request: SipMessage,
  viaValues: readonly string[],
  status: number,
  toTag: string,
  extraHeaders: readonly (readonly [name: string, value: string])[] = [],
): Buffer {
  const headers: (readonly [string, string])[] = viaValues.map((value) => ['Via', value]);
  for (const [name, id] of COPIED) {
    const value = request.value(id);
    if (value === undefined) continue;
    headers.push([name, name === 'To' && request.toTag === '' ? `${value};tag=${toTag}` : value]);
  }
  return writeMessage({
    startLine: statusLine(status, statusName(status)),
    headers: [...headers, ...extraHeaders],
  });
}

const COPIED = [
  ['From', HEADER.From],
  ['To', HEADER.To],
  ['Call-ID', HEADER['Call-ID']],
  ['CSeq', HEADER.CSeq],
] as const;
