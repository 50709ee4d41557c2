// The ports of a box's connections → the port it is known by.
import type { Endpoint } from '../network/endpoint.ts';
import type { FlowMessage } from './flow.ts';

/**
 * `ip:port` of every endpoint → where it is at home. A box that connects from an ephemeral port says in its topmost Via
 * where responses reach it (RFC 3261 §18.1.1, §18.2.2); when that is the same ip, the two ports are one box.
 */
export function homesOf(messages: readonly FlowMessage[]): Map<string, Endpoint> {
  const homes = new Map<string, Endpoint>();
  for (const { src, dst } of messages) {
    if (!homes.has(src.text)) homes.set(src.text, src);
    if (!homes.has(dst.text)) homes.set(dst.text, dst);
  }
  const claims = new Map<string, number>();
  for (const message of messages) {
    const { src, sentBy } = message;
    if (message.status !== 0 || sentBy === undefined || sentBy.host !== src.ip || claims.has(src.text))
      continue;
    claims.set(src.text, sentBy.port);
  }
  for (const [text, port] of claims) {
    const src = homes.get(text)!;
    if (src.port === port) continue;
    const home = textOf(src, port);
    // A port that others send to, and that speaks for itself, is nobody's ephemeral port.
    if (claims.get(home) !== undefined && claims.get(home) !== port) continue;
    const known = homes.get(home) ?? { ip: src.ip, port, text: home, version: src.version };
    homes.set(home, known);
    homes.set(text, known);
  }
  return homes;
}

function textOf(endpoint: Endpoint, port: number): string {
  return endpoint.version === 6 ? `[${endpoint.ip}]:${port}` : `${endpoint.ip}:${port}`;
}
