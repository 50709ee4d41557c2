// The text of a policy → its YAML tree, with the place of every value; or what is wrong with it as YAML (1.2.2, core schema).
// The file may be hostile: its size, nesting and aliases are bounded before they cost anything.
import {
  type Alias,
  CST,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  parseDocument,
  visit,
} from 'yaml';
import type { PolicyError } from './policy-error.ts';

/** A key or an index for each level. */
export type Path = readonly PropertyKey[];

export class PolicySource {
  readonly file: string;
  readonly text: string;
  /** In the order they were found. */
  readonly errors: PolicyError[] = [];
  /** The tree as plain values; undefined when there are errors. */
  readonly value: unknown = undefined;
  readonly #document: Document.Parsed | undefined;

  constructor(input: string | Uint8Array, file: string) {
    this.file = file;
    this.text = typeof input === 'string' ? input : new TextDecoder().decode(input);
    if (typeof input !== 'string' && this.#notUtf8(input)) return;
    if (this.text.length > MOST_CHARACTERS) {
      this.#error(0, 1, `the file is larger than ${MOST_CHARACTERS / 1024} KiB`);
      return;
    }
    const nested = tooDeep(this.text);
    if (nested !== undefined) {
      this.#error(nested.at, 1, nested.message);
      return;
    }
    this.#document = parseDocument(this.text, {
      prettyErrors: false,
      stringKeys: true,
      // Compared by pairs there; #checkKeys does it in one pass.
      uniqueKeys: false,
    });
    for (const { pos, message } of [...this.#document.errors, ...this.#document.warnings].slice(
      0,
      MOST_ERRORS,
    ))
      this.#error(pos[0], pos[1] - pos[0], sentence(message));
    if (this.errors.length > 0) return;
    this.#checkKeys(this.#document);
    if (this.errors.length > 0) return;
    try {
      this.value = this.#document.toJS({ maxAliasCount: MOST_ALIASES });
    } catch (error) {
      const missing = error instanceof ReferenceError && /^Unresolved alias/.test(error.message);
      const alias = this.#alias(missing);
      const from = alias?.range?.[0] ?? 0;
      const name = alias?.source ?? '';
      if (missing) this.#error(from, name.length + 1, `no anchor &${name} stands before this alias`);
      else this.#error(from, name.length + 1, 'too many aliases (*name): write the values out');
    }
  }

  /** No more errors are taken. */
  get full(): boolean {
    return this.errors.length >= MOST_ERRORS;
  }

  /** Adds an error at the value of `path`; where there is none, at the nearest that holds it. */
  errorAtValue(path: Path, message: string): void {
    const { node, key } = this.#find(path);
    const place = node !== undefined && node[1] > node[0] ? node : (key ?? node ?? [0, 1]);
    this.#error(place[0], place[1] - place[0], message);
  }

  /** Adds an error at the key that ends `path`. */
  errorAtKey(path: Path, message: string): void {
    const { node, key } = this.#find(path);
    const place = key ?? node ?? [0, 1];
    this.#error(place[0], place[1] - place[0], message);
  }

  /** The value as it is written, cut to a few words. */
  written(path: Path): string {
    const { value, node } = this.#find(path);
    if (isMap(value)) return 'a mapping';
    if (isSeq(value)) return 'a list';
    const text = node === undefined ? '' : this.text.slice(node[0], node[1]).trim().replace(/\s+/g, ' ');
    if (text === '') return 'nothing';
    return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
  }

  #error(at: number, length: number, message: string): void {
    if (this.full) return;
    let start = Math.min(Math.max(at, 0), this.text.length);
    // What is missing at the end is shown behind the last word.
    if (start > 0 && start === this.text.length) start = this.text.trimEnd().length;
    const before = start === 0 ? 0 : this.text.lastIndexOf('\n', start - 1) + 1;
    const end = this.text.indexOf('\n', start);
    const source = this.text.slice(before, end < 0 ? this.text.length : end).replace(/\r$/, '');
    let line = 1;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < start; i = this.text.indexOf('\n', i + 1)) line++;
    const column = start - before + 1;
    const visible = Math.max(1, Math.min(length, source.trimEnd().length - column + 1));
    this.errors.push({ file: this.file, line, column, length: visible, message, source });
  }

  #notUtf8(octets: Uint8Array): boolean {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(octets);
      return false;
    } catch {
      this.#error(this.text.indexOf('\ufffd'), 1, 'the file is not UTF-8 text');
      return true;
    }
  }

  // A key that stands twice would hide the first; __proto__ never is one of ours.
  #checkKeys(document: Document.Parsed): void {
    visit(document, {
      Map: (_, map) => {
        const seen = new Set<unknown>();
        for (const pair of map.items) {
          const key = isScalar(pair.key) ? pair.key : undefined;
          const range = key?.range ?? [0, 1];
          const name = key?.value;
          if (seen.has(name)) this.#error(range[0], range[1] - range[0], `${quoted(name)} stands twice`);
          else if (name === '__proto__')
            this.#error(range[0], range[1] - range[0], `unknown key ${quoted(name)}`);
          seen.add(name);
        }
      },
    });
  }

  /** The first alias, or the first that leads nowhere. */
  #alias(unresolved: boolean): Alias | undefined {
    let found: Alias | undefined;
    visit(this.#document!, {
      Alias: (_, alias) => {
        if (unresolved && alias.resolve(this.#document!) !== undefined) return undefined;
        found = alias;
        return visit.BREAK;
      },
    });
    return found;
  }

  /** The deepest node on the path, its place, and the place of the key that leads to it. */
  #find(path: Path): { value: unknown; node: Place | undefined; key: Place | undefined } {
    let value: unknown = this.#document?.contents;
    let node = placeOf(value);
    let key: Place | undefined;
    for (const step of path) {
      if (isAlias(value)) value = value.resolve(this.#document!);
      let next: unknown;
      if (isMap(value)) {
        const pair: Pair | undefined = value.items.find(
          (item) => isPair(item) && isScalar(item.key) && item.key.value === step,
        );
        if (pair === undefined) break;
        key = placeOf(pair.key);
        next = pair.value;
      } else if (isSeq(value) && typeof step === 'number') {
        key = undefined;
        next = value.items[step];
      } else break;
      value = next;
      node = placeOf(value);
    }
    return { value, node, key };
  }
}

export function quoted(name: unknown): string {
  const text = String(name);
  return JSON.stringify(text.length <= 60 ? text : `${text.slice(0, 57)}…`);
}

type Place = readonly [from: number, to: number];

function placeOf(node: unknown): Place | undefined {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range;
  return range ? [range[0], range[1]] : undefined;
}

// Nesting costs the parser stack, and `? ? ?` time without end. What the lexer says is enough to bound both.
function tooDeep(text: string): { at: number; message: string } | undefined {
  let at = 0;
  let flow = 0;
  let inLine = 0;
  let lineStart = true;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    const nested = { at, message: 'nested too deeply' };
    if (type === 'explicit-key-ind') return { at, message: 'keys written with ? are not supported' };
    if (type === 'flow-seq-start' || type === 'flow-map-start') flow++;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flow--;
    else if (flow <= 0 && (type === 'seq-item-ind' || type === 'map-value-ind')) inLine++;
    else if (type === 'newline') inLine = 0;
    else if (type === 'space' && lineStart && flow <= 0 && token.length > MOST_INDENTATION) return nested;
    if (flow > MOST_NESTING || inLine > MOST_NESTING) return nested;
    lineStart = type === 'newline';
    // These two are of the lexer's own, and stand for no text.
    if (type !== 'doc-mode' && type !== 'scalar') at += token.length;
  }
  return undefined;
}

/** The library's messages, as ours are written. */
function sentence(message: string): string {
  if (message.includes('stringKeys')) return 'expected a key, not a list or a mapping';
  const first = message.charAt(0);
  const rest = message.slice(1).replace(/; please use .*$/, '');
  return /^[A-Z][a-z]/.test(message) ? first.toLowerCase() + rest : message;
}

const MOST_CHARACTERS = 256 * 1024;
const MOST_NESTING = 32;
const MOST_INDENTATION = 128;
const MOST_ALIASES = 100;
// Each costs a walk through the file.
const MOST_ERRORS = 200;
