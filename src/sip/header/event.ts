// Event and Subscription-State (RFC 6665 §8.2.1, §8.2.3).

import type { Parameters } from '../uri/parameters.ts';
import { parseWholeNumber } from './delta-seconds.ts';
import { parseTokenValue } from './token-value.ts';

export interface EventValue {
  /** With its templates: `presence.winfo`. */
  readonly package: string;
  /** '' when there is none. */
  readonly id: string;
  readonly params: Parameters;
}

export function parseEvent(value: string): EventValue {
  const { value: name, params } = parseTokenValue(value);
  return { package: name, id: params.get('id') ?? '', params };
}

export interface SubscriptionState {
  /** In lower case: `active`, `pending`, `terminated` or an extension. */
  readonly state: string;
  /** In lower case, '' when there is none. */
  readonly reason: string;
  readonly expires: number | undefined;
  readonly retryAfter: number | undefined;
  readonly params: Parameters;
}

export function parseSubscriptionState(value: string): SubscriptionState {
  const { value: state, params } = parseTokenValue(value);
  return {
    state: state.toLowerCase(),
    reason: (params.get('reason') ?? '').toLowerCase(),
    expires: parseWholeNumber(params.get('expires') ?? ''),
    retryAfter: parseWholeNumber(params.get('retry-after') ?? ''),
    params,
  };
}
