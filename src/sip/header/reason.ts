// One value of Reason (RFC 3326 §2): `SIP ;cause=200 ;text="Call completed elsewhere"`, `Q.850;cause=16`.

import type { Parameters } from '../uri/parameters.ts';
import { parseWholeNumber } from './delta-seconds.ts';
import { parseTokenValue } from './token-value.ts';

export interface Reason {
  /** As spelled: `SIP`, `Q.850`, `Preemption` … */
  readonly protocol: string;
  readonly cause: number | undefined;
  /** '' when there is none. */
  readonly text: string;
  readonly params: Parameters;
}

export function parseReason(value: string): Reason {
  const { value: protocol, params } = parseTokenValue(value);
  return {
    protocol,
    cause: parseWholeNumber(params.get('cause') ?? ''),
    text: params.get('text') ?? '',
    params,
  };
}
