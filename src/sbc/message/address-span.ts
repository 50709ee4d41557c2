// Where the URI stands in the value of From, To, Contact and their like, and where the parameters of the header begin
// (RFC 3261 §20.10, §20.20), so that one of them can be changed and all else stays as spelled.
import { closingQuote } from '../../sip/text/delimited.ts';

export interface AddressSpan {
  readonly bracketed: boolean;
  /** Inside the brackets, white space there included. */
  readonly uriStart: number;
  readonly uriEnd: number;
  /** After the closing bracket, or at the first semicolon. */
  readonly parameters: number;
}

export function addressSpan(value: string): AddressSpan {
  const open = openingBracket(value);
  if (open >= 0) {
    const close = value.indexOf('>', open);
    if (close < 0) {
      return { bracketed: true, uriStart: open + 1, uriEnd: value.length, parameters: value.length };
    }
    return { bracketed: true, uriStart: open + 1, uriEnd: close, parameters: close + 1 };
  }
  // §20.10: without brackets, parameters are those of the header.
  const semicolon = value.indexOf(';');
  const end = semicolon < 0 ? value.length : semicolon;
  return { bracketed: false, uriStart: 0, uriEnd: end, parameters: end };
}

/** Outside the quoted display name; -1 when there is none. */
function openingBracket(value: string): number {
  const quote = value.indexOf('"');
  const open = value.indexOf('<');
  if (quote < 0 || (open >= 0 && open < quote)) return open;
  const close = closingQuote(value, quote);
  return close < 0 ? open : value.indexOf('<', close);
}
