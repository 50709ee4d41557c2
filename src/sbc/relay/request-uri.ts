// The Request-URI of a request that goes on: the SBC's own host in it becomes the next hop's; all else is as it came.
import { defaultPort } from '../../policy/host-address.ts';
import type { NextHop } from '../../policy/policy.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import type { Flow } from '../flow.ts';

export function towards(uri: SipUri, hop: NextHop | null, flow: Flow): string {
  const host = hop?.host ?? flow.remote.ip;
  const port = hop === null ? flow.remote.port : hop.port;
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const usual = port === null || port === defaultPort(flow.transport);
  const old = uri.hostPort;
  const at = uri.text.indexOf(old, uri.text.indexOf(':') + (uri.user === '' ? 1 : uri.user.length + 1));
  if (at < 0) return uri.text;
  return `${uri.text.slice(0, at)}${bracketed}${usual ? '' : `:${port}`}${uri.text.slice(at + old.length)}`;
}
