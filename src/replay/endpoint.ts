// An address and a port → an endpoint that no packet showed.
import type { Endpoint } from '../network/endpoint.ts';

export function endpoint(ip: string, port: number): Endpoint {
  const version = ip.includes(':') ? 6 : 4;
  return { ip, port, text: version === 6 ? `[${ip}]:${port}` : `${ip}:${port}`, version };
}
