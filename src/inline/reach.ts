// The adjacency that a request leaves by → what it can speak.
import { isIP } from 'node:net';
import type { Policy, TransportName } from '../policy/policy.ts';
import type { Reach } from './resolver.ts';

/** What an adjacency speaks; UDP and TCP where it does not say. */
export function reachOf({ adjacencies }: Policy, name: string): Reach {
  const local = adjacencies.find((one) => one.name === name)?.local ?? [];
  const transports = local.flatMap(({ transport }): readonly TransportName[] =>
    transport === null ? USUAL_TRANSPORTS : [transport],
  );
  const versions = local.flatMap(({ host }) => isIP(host) as 0 | 4 | 6).filter((version) => version !== 0);
  return {
    transports: transports.length === 0 ? USUAL_TRANSPORTS : [...new Set(transports)],
    versions: versions.length === 0 ? [4] : [...new Set(versions)],
  };
}

const USUAL_TRANSPORTS: readonly TransportName[] = ['udp', 'tcp'];
