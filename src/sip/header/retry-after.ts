// Retry-After (RFC 3261 §20.33): `18000;duration=3600`, `120 (I'm in a meeting)`.
import { closingParenthesis, indexOutside } from '../text/delimited.ts';
import { NO_PARAMETERS, type Parameters, parseParameters } from '../uri/parameters.ts';
import { parseWholeNumber } from './delta-seconds.ts';

export interface RetryAfter {
  /** undefined when it is no number. */
  readonly seconds: number | undefined;
  /** Without its parentheses, quoted pairs taken back; '' when there is none. */
  readonly comment: string;
  /** Seconds the callee is there for once there; undefined when not said. */
  readonly duration: number | undefined;
  readonly params: Parameters;
}

export function parseRetryAfter(value: string): RetryAfter {
  const semicolon = indexOutside(value, ';', 0, true);
  const front = semicolon < 0 ? value : value.slice(0, semicolon);
  const params = semicolon < 0 ? NO_PARAMETERS : parseParameters(value.slice(semicolon + 1));
  const open = front.indexOf('(');
  const close = open < 0 ? -1 : closingParenthesis(front, open);
  const hasComment = close >= 0 && front.slice(close + 1).trim() === '';
  return {
    seconds: parseWholeNumber(hasComment ? front.slice(0, open) : front),
    comment: hasComment ? front.slice(open + 1, close).replace(/\\([\s\S])/g, '$1') : '',
    duration: parseWholeNumber(params.get('duration') ?? ''),
    params,
  };
}
