// A request that the SBC makes by itself: BYE, ACK, CANCEL, PRACK … (RFC 3261 §7.1, §8.1.1).
import { requestLine } from '../../sip/write.ts';
import { OctetWriter, oneLine } from './octet-writer.ts';

export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  /** In the order they are written. Content-Length comes by itself, last. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer;
}

export function makeRequest({ method, uri, headers, body }: RequestParts): Buffer {
  // RFC 3261 §7.1: white space would end the URI; one taken from between brackets may hold some.
  let head = `${requestLine(method, uri.replaceAll(WHITE_SPACE, '%20'))}\r\n`;
  for (const [name, value] of headers) head += `${oneLine(name)}: ${oneLine(value)}\r\n`;
  head += `Content-Length: ${body?.length ?? 0}\r\n\r\n`;
  const writer = new OctetWriter(3 * head.length + (body?.length ?? 0));
  writer.text(head);
  if (body !== undefined) writer.copy(body, 0, body.length);
  return writer.octets();
}

const WHITE_SPACE = /\s/g;
