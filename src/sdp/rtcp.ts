// a=rtcp (RFC 3605 §2.1): `53020 IN IP4 126.16.64.4`, the port (and address) of RTCP when it is not RTP's plus one.
import { type Connection, parseConnection } from './connection.ts';
import type { MediaDescription } from './media.ts';

export interface Rtcp {
  readonly port: number;
  readonly connection?: Connection;
}

export function parseRtcp(value: string): Rtcp | undefined {
  const match = /^(\d{1,5})(?: +(.+))?$/.exec(value.trim());
  if (match === null || Number(match[1]) > 65_535) return undefined;
  return {
    port: Number(match[1]),
    ...(match[2] === undefined ? {} : { connection: parseConnection(match[2]) }),
  };
}

/** Where RTCP of a section goes: a=rtcp, the RTP port with a=rtcp-mux (RFC 5761 §5.1.1), else the port after RTP's. */
export function rtcpPort(media: MediaDescription): number {
  const said = parseRtcp(media.attribute('rtcp') ?? '');
  if (said !== undefined) return said.port;
  return media.has('rtcp-mux') ? media.port : media.port + 1;
}
