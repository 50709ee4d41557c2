// `name-addr` and `addr-spec` with header parameters: the value of From, To, Contact, Route, Record-Route and their like
// (RFC 3261 §20.10, §20.20, §25.1).
import { closingQuote, indexOutside } from '../text/delimited.ts';
import { unquote } from '../text/quoted-string.ts';
import { NO_PARAMETERS, type Parameters, parseParameters } from './parameters.ts';
import { parseUri, type SipUri } from './uri.ts';

export interface NameAddr {
  /** As spelled, folding undone. */
  readonly text: string;
  /** Without its quotes; '' when there is none. */
  readonly display: string;
  readonly uri: SipUri;
  /** Parameters of the header, never those of the URI. */
  readonly params: Parameters;
  /** The `tag` parameter, '' when there is none. */
  readonly tag: string;
  /** Whether the URI stands in `<…>`. */
  readonly bracketed: boolean;
  /** What is wrong around the URI, in words; the URI has its own. */
  readonly problems: readonly string[];
}

/** Parses one element of a list of addresses. Never throws. */
export function parseNameAddr(text: string): NameAddr {
  const problems: string[] = [];
  const open = openingBracket(text, problems);
  return open < 0 ? parseAddrSpec(text, problems) : parseBracketed(text, open, problems);
}

function parseBracketed(text: string, open: number, problems: string[]): NameAddr {
  let close = text.indexOf('>', open);
  if (close < 0) {
    problems.push('< is not closed');
    close = text.length;
  }
  const inside = text.slice(open + 1, close);
  if (inside !== inside.trim()) problems.push('white space inside < >');
  const rest = text.slice(close + 1).trim();
  if (rest !== '' && rest[0] !== ';') problems.push('something other than a parameter follows >');
  const semicolon = indexOutside(rest, ';');
  const params = semicolon < 0 ? NO_PARAMETERS : parseParameters(rest.slice(semicolon + 1));
  const display = displayName(text.slice(0, open).trim(), problems);
  return build(text, display, inside.trim(), params, true, problems);
}

/** RFC 3261 §20.10: without brackets, parameters after the URI are the header's. */
function parseAddrSpec(text: string, problems: string[]): NameAddr {
  const semicolon = text.indexOf(';');
  const uri = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  // RFC 3261 §20.10: a URI with a comma, question mark or semicolon must stand in brackets.
  if (uri.includes('?') || uri.includes(',')) problems.push('URI with ? or , outside < >');
  const params = semicolon < 0 ? NO_PARAMETERS : parseParameters(text.slice(semicolon + 1));
  return build(text, '', uri, params, false, problems);
}

function build(
  text: string,
  display: string,
  uri: string,
  params: Parameters,
  bracketed: boolean,
  problems: string[],
): NameAddr {
  if (params.malformed) problems.push('malformed header parameter');
  return { text, display, uri: parseUri(uri), params, tag: params.get('tag') ?? '', bracketed, problems };
}

/** Where `<` stands outside the quoted display name, -1 when nowhere. */
function openingBracket(text: string, problems: string[]): number {
  const quote = text.indexOf('"');
  const open = text.indexOf('<');
  if (quote < 0 || (open >= 0 && open < quote)) return open;
  const close = closingQuote(text, quote);
  if (close >= 0) return text.indexOf('<', close);
  problems.push(UNTERMINATED_QUOTE);
  return open;
}

/** RFC 3261 §25.1: `*(token LWS) / quoted-string`; other text is taken as it is. */
function displayName(text: string, problems: string[]): string {
  if (text === '' || TOKENS.test(text)) return text;
  if (text[0] === '"' && closingQuote(text, 0) === text.length - 1) return unquote(text);
  if (!problems.includes(UNTERMINATED_QUOTE)) problems.push('display name needs quotes');
  return text.startsWith('"') ? text.slice(1) : text;
}

/** The problem of a display name whose closing quote is missing. */
export const UNTERMINATED_QUOTE = 'quoted string is not closed';
const TOKENS = /^[\w\-.!%*+`'~ \t]+$/;
