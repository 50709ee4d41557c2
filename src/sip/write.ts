// A message as octets, from its parts (RFC 3261 §7).

export interface MessageParts {
  /** Without its line end: `INVITE sip:bob@example.com SIP/2.0`, see requestLine and statusLine. */
  readonly startLine: string;
  /** In the order they are written. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body?: Buffer | string;
}

/**
 * The octets of the message. Content-Length is added last unless it is among the headers. A start line or header with
 * a line end in it would be another message: that is the caller's error, and throws.
 */
export function writeMessage({ startLine, headers, body = '' }: MessageParts): Buffer {
  const octets = typeof body === 'string' ? Buffer.from(body) : body;
  const lines = [startLine, ...headers.map(([name, value]) => `${name}: ${value}`)];
  if (!headers.some(([name]) => /^(?:content-length|l)$/i.test(name)))
    lines.push(`Content-Length: ${octets.length}`);
  const broken = lines.find((line) => /[\r\n]/.test(line));
  if (broken !== undefined) throw new Error(`line end within ${JSON.stringify(broken)}`);
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), octets]);
}

/** RFC 3261 §7.1. */
export function requestLine(method: string, uri: string): string {
  return `${method} ${uri} SIP/2.0`;
}

/** RFC 3261 §7.2; the space after the code is there even when no reason follows. */
export function statusLine(status: number, reason: string): string {
  return `SIP/2.0 ${status} ${reason}`;
}
