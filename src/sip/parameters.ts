// Parameters of a header value or a URI: `;name=value;flag`. Order and spelling are kept, names compare without case
// (RFC 3261 §7.3.1), a value may be a token, a host or a quoted string (§25.1, generic-param).
import { splitOutside } from './delimited.ts';
import { unquote } from './quoted-string.ts';

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

// generic-param (RFC 3261 §25.1); values as wide as those of the parameters that are defined: URIs, addresses, base64.
const GRAMMAR = /^[\w\-.!%*+`'~]+(?:\s*=\s*(?:"[^"\\]*(?:\\[\s\S][^"\\]*)*"|[^\s",;]+))?$/;
export const NO_PARAMETERS = new Parameters([]);

// Far above any real header; look-ups are linear.
const MAX_PARAMETERS = 256;
