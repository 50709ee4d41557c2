// Someone who sends to the SBC and is sent to: the way to it and back.
import type { Endpoint } from '../../src/network/endpoint.ts';
import type { TransportName } from '../../src/policy/policy.ts';
import type { Flow } from '../../src/sbc/flow.ts';

export interface Peer {
  readonly name: string;
  readonly flow: Flow;
}

/** `peer('caller', '192.168.1.121:5060', '192.168.2.20:5060')`: its own address, and that of the SBC it speaks to. */
export function peer(
  name: string,
  remote: string,
  local: string,
  transport: TransportName = 'udp',
  connection = 0,
): Peer {
  return { name, flow: { transport, local: endpoint(local), remote: endpoint(remote), connection } };
}

/** Whether what goes by the flow reaches the peer. Connection 0 for sending is the open one (src/sbc/flow.ts). */
export function reaches(flow: Flow, { flow: known }: Peer): boolean {
  return (
    flow.transport === known.transport &&
    flow.remote.text === known.remote.text &&
    flow.local.text === known.local.text &&
    (flow.connection === known.connection || flow.connection === 0)
  );
}

/** The same address gives the same object. */
export function endpoint(text: string): Endpoint {
  const known = ENDPOINTS.get(text);
  if (known !== undefined) return known;
  const [, ip, port] = /^\[?(.*?)\]?:(\d+)$/.exec(text)!;
  const made: Endpoint = { ip, port: Number(port), text, version: ip.includes(':') ? 6 : 4 };
  ENDPOINTS.set(text, made);
  return made;
}

const ENDPOINTS = new Map<string, Endpoint>();
