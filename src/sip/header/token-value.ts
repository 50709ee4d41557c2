// Values of the form `token *(";" parameter)`: Event, Subscription-State, Content-Disposition, Security-Client,
// Resource-Priority with parameters and the like (RFC 3261 §25.1, generic-param).
import { indexOutside } from '../text/delimited.ts';
import { NO_PARAMETERS, type Parameters, parseParameters } from '../uri/parameters.ts';

export interface TokenValue {
  /** What stands before the first semicolon, as spelled. */
  readonly value: string;
  readonly params: Parameters;
}

export function parseTokenValue(text: string): TokenValue {
  const semicolon = indexOutside(text, ';');
  if (semicolon < 0) return { value: text.trim(), params: NO_PARAMETERS };
  return { value: text.slice(0, semicolon).trim(), params: parseParameters(text.slice(semicolon + 1)) };
}
