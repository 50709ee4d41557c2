// Media types: Content-Type and the elements of Accept (RFC 3261 §20.1, §20.15; RFC 2045 §5.1).
import { indexOutside } from '../text/delimited.ts';
import { NO_PARAMETERS, type Parameters, parseParameters } from '../uri/parameters.ts';

export interface MediaType {
  /** As spelled. */
  readonly text: string;
  /** In lower case: `application`. */
  readonly type: string;
  /** In lower case: `sdp`. */
  readonly subtype: string;
  /** `application/sdp` in lower case. */
  readonly name: string;
  readonly params: Parameters;
  /** Whether it is `type/subtype` made of tokens. */
  readonly valid: boolean;
}

/** Parses `m-type SLASH m-subtype *(SEMI m-parameter)`, white space around the slash included. Never throws. */
export function parseMediaType(text: string): MediaType {
  const semicolon = indexOutside(text, ';');
  const front = (semicolon < 0 ? text : text.slice(0, semicolon)).trim().toLowerCase();
  const params = semicolon < 0 ? NO_PARAMETERS : parseParameters(text.slice(semicolon + 1));
  const slash = front.indexOf('/');
  const type = slash < 0 ? front : front.slice(0, slash).trim();
  const subtype = slash < 0 ? '' : front.slice(slash + 1).trim();
  const valid =
    TOKEN.test(type) &&
    TOKEN.test(subtype) &&
    params.list.every(({ name, value }) => TOKEN.test(name) && value !== undefined);
  return { text, type, subtype, name: slash < 0 ? type : `${type}/${subtype}`, params, valid };
}

const TOKEN = /^[\w\-.!%*+`'~#$&^{}|]+$/;
