// Parameters of a header value or a URI: `;name=value;flag`. Order and spelling are kept, names compare without case
// (RFC 3261 §7.3.1), a value may be a token, a host or a quoted string (§25.1, generic-param).
import { splitOutside } from '../text/delimited.ts';
import { unquote } from '../text/quoted-string.ts';

export interface Parameter {
  /** As spelled. */
  readonly name: string;
  /** Without quotes; undefined for a parameter that has no `=`. */
  readonly value: string | undefined;
}

export class Parameters {
  readonly list: readonly Parameter[];
  /** Whether any of them does not follow the grammar: no name, no value after `=`, characters outside a token. */
  readonly malformed: boolean;

  constructor(list: readonly Parameter[], malformed = false) {
    this.list = list;
    this.malformed = malformed;
  }

  /** The value of the first parameter of this name, '' for one without a value, undefined when there is none. */
  get(name: string): string | undefined {
    const found = this.find(name);
    return found === undefined ? undefined : (found.value ?? '');
  }

  has(name: string): boolean {
    return this.find(name) !== undefined;
  }

  find(name: string): Parameter | undefined {
    const { list } = this;
    const wanted = name.toLowerCase();
    for (const parameter of list) {
      const { name: spelled } = parameter;
      if (spelled === wanted || (spelled.length === wanted.length && spelled.toLowerCase() === wanted))
        return parameter;
    }
    return undefined;
  }

  get size(): number {
    return this.list.length;
  }

  [Symbol.iterator](): Iterator<Parameter> {
    return this.list[Symbol.iterator]();
  }
}

/** Parses what follows the first separator: `a=1;b`. Empty pieces are left out. */
export function parseParameters(text: string, separator = ';'): Parameters {
  return parsePlain(text, separator) ?? parseAny(text, separator);
}

/** As nearly all are written: names and values of tokens, nothing quoted, no white space. Null for others. */
function parsePlain(text: string, separator: string): Parameters | null {
  const { length } = text;
  if (length === 0) return null;
  const end = separator.charCodeAt(0);
  const list: Parameter[] = [];
  for (let start = 0; start < length; ) {
    let equals = -1;
    let at = start;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      if (code === end) break;
      if (code === EQUALS && equals < 0) equals = at;
      else if (code > 127 || (PLAIN[code] & (equals < 0 ? NAME : VALUE)) === 0) return null;
    }
    const stop = equals < 0 ? at : equals;
    // An empty piece, name or value, a separator behind the last one, or too many: the long way tells.
    if (stop === start || equals === at - 1 || at === length - 1 || list.length === MAX_PARAMETERS)
      return null;
    const value = equals < 0 ? undefined : text.slice(equals + 1, at);
    list.push({ name: text.slice(start, stop), value });
    start = at + 1;
  }
  return new Parameters(list);
}

function parseAny(text: string, separator: string): Parameters {
  const list: Parameter[] = [];
  let malformed = false;
  for (const piece of splitOutside(text, separator)) {
    if (list.length === MAX_PARAMETERS) break;
    const parameter = parseParameter(piece);
    if (!GRAMMAR.test(piece.trim())) malformed = true;
    if (parameter.name !== '' || parameter.value !== undefined) list.push(parameter);
  }
  return new Parameters(list, malformed);
}

function parseParameter(piece: string): Parameter {
  const equals = piece.indexOf('=');
  if (equals < 0) return { name: piece.trim(), value: undefined };
  return { name: piece.slice(0, equals).trim(), value: unquote(piece.slice(equals + 1).trim()) };
}

const EQUALS = 61;
const NAME = 1;
const VALUE = 2;
/** What names and values hold that need no second look. */
const PLAIN = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return (/[\w\-.!%*+`'~]/.test(char) ? NAME : 0) | (/[\w\-.!%*+`'~:@/=[\]$&?|^#{}]/.test(char) ? VALUE : 0);
});

// generic-param (RFC 3261 §25.1); values as wide as those of the parameters that are defined: URIs, addresses, base64.
const GRAMMAR = /^[\w\-.!%*+`'~]+(?:\s*=\s*(?:"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[^\s",;]+))?$/;
export const NO_PARAMETERS = new Parameters([]);

// Far above any real header; look-ups are linear.
const MAX_PARAMETERS = 256;
