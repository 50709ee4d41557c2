// One value of Via (RFC 3261 §20.42): sent-protocol, sent-by and the parameters that responses travel by
// (§18.2, RFC 3581 for rport).
import { indexOutside } from '../text/delimited.ts';
import { type HostKind, parseHostPort } from '../uri/host.ts';
import { NO_PARAMETERS, type Parameters, parseParameters } from '../uri/parameters.ts';

export interface Via {
  /** As spelled, folding undone. */
  readonly text: string;
  /** `SIP`. */
  readonly protocol: string;
  /** `2.0`. */
  readonly version: string;
  /** As spelled: `UDP`, `TCP`, `TLS`, `SCTP`, `WS` … */
  readonly transport: string;
  /** sent-by, an IPv6 reference without its brackets. */
  readonly host: string;
  readonly hostKind: HostKind;
  readonly port: number | undefined;
  readonly params: Parameters;
  /** '' when there is none. */
  readonly branch: string;
  readonly received: string | undefined;
  /** '' when the parameter is there without a value, which asks the server to fill it in. */
  readonly rport: string | undefined;
  readonly maddr: string | undefined;
  readonly ttl: string | undefined;
  /** What is wrong with it, in words. */
  readonly problems: readonly string[];
}

/** Parses one element of the Via list. Never throws. */
export function parseVia(text: string): Via {
  const problems: string[] = [];
  const semicolon = indexOutside(text, ';');
  const front = semicolon < 0 ? text : text.slice(0, semicolon);
  const params = semicolon < 0 ? NO_PARAMETERS : parseParameters(text.slice(semicolon + 1));
  const match = SENT.exec(front.trim());
  if (match === null) problems.push('not of the form protocol/version/transport host');
  const { host, kind, port, problem } = parseHostPort(match?.[4] ?? '');
  if (match !== null && problem !== '') problems.push(problem);
  if (params.malformed) problems.push('malformed parameter');
  const ttl = params.get('ttl');
  // RFC 3261 §25.1: ttl = 1*3DIGIT ; 0 to 255
  if (ttl !== undefined && !(/^[0-9]{1,3}$/.test(ttl) && Number(ttl) <= 255))
    problems.push('ttl is not 0 to 255');
  return {
    text,
    protocol: match?.[1] ?? '',
    version: match?.[2] ?? '',
    transport: match?.[3] ?? '',
    host,
    hostKind: kind,
    port,
    params,
    branch: params.get('branch') ?? '',
    received: params.get('received'),
    rport: params.get('rport'),
    maddr: params.get('maddr'),
    ttl,
    problems,
  };
}

const SENT = /^([^\s/]+)\s*\/\s*([^\s/]+)\s*\/\s*([^\s/]+)\s+(\S[\s\S]*)$/;
