// Session-Expires and Min-SE (RFC 4028 §4, §5).

import type { Parameters } from '../uri/parameters.ts';
import { parseWholeNumber } from './delta-seconds.ts';
import { parseTokenValue } from './token-value.ts';

export interface SessionExpires {
  /** undefined when it is no number. */
  readonly seconds: number | undefined;
  /** `uac`, `uas`, or '' when not said. */
  readonly refresher: string;
  readonly params: Parameters;
}

/** Parses either header; Min-SE has no refresher. */
export function parseSessionExpires(value: string): SessionExpires {
  const { value: seconds, params } = parseTokenValue(value);
  return {
    seconds: parseWholeNumber(seconds),
    refresher: (params.get('refresher') ?? '').toLowerCase(),
    params,
  };
}
