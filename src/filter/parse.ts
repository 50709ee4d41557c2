// Text of a filter → syntax tree, by Wireshark's grammar: `not` binds closest, then `and`, `xor`, `or`. Throws FilterError.
import { FilterError } from './filter-error.ts';
import {
  type Expression,
  FUNCTIONS,
  type FunctionName,
  type Literal,
  type Member,
  OPERATORS,
  type Operand,
  type Operator,
  type Word,
} from './syntax.ts';
import type { Token } from './token.ts';
import { tokenize } from './tokenize.ts';

export function parseExpression(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.or();
  parser.expectEnd();
  return expression;
}

class Parser {
  private readonly text: string;
  private readonly tokens: Token[];
  private index = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
    this.tokens = tokenize(text);
  }

  or(): Expression {
    return this.chain('or', ['||', 'or'], () => this.chain('xor', ['^^', 'xor'], () => this.and()));
  }

  expectEnd(): void {
    const { kind, text } = this.token;
    if (kind !== 'end')
      throw this.unexpected(
        text === ')' ? 'no parenthesis is open' : 'an "and" or "or" is missing before it',
      );
  }

  private and(): Expression {
    return this.chain('and', ['&&', 'and'], () => this.not());
  }

  private chain(
    kind: 'and' | 'or' | 'xor',
    spellings: readonly string[],
    operand: () => Expression,
  ): Expression {
    let left = operand();
    while (this.take(...spellings)) left = { kind, left, right: operand() };
    return left;
  }

  private not(): Expression {
    if (!this.take('!', 'not')) return this.primary();
    this.enter();
    const operand = this.not();
    this.depth--;
    return { kind: 'not', operand };
  }

  private primary(): Expression {
    const open = this.token;
    if (!this.take('(')) return this.test();
    this.enter();
    const inner = this.or();
    this.depth--;
    if (!this.take(')')) {
      if (this.token.kind !== 'end') throw this.unexpected('expected ) or an operator');
      throw this.error('the parenthesis is not closed', open);
    }
    return inner;
  }

  // A field by itself, or a comparison.
  private test(): Expression {
    const quantifier = this.quantifier();
    const left = this.operand();
    if (this.take('in')) return { kind: 'in', quantifier, left, members: this.set() };
    if (this.nextIs('not') && this.tokens[this.index + 1].text === 'in') {
      this.index += 2;
      return { kind: 'not', operand: { kind: 'in', quantifier, left, members: this.set() } };
    }
    const operator = this.operator();
    if (operator !== undefined) return { kind: 'compare', operator, quantifier, left, right: this.operand() };
    if (quantifier !== '') throw this.unexpected(`expected a comparison after "${quantifier}"`);
    if (left.kind === 'word') return { kind: 'exists', operand: left };
    const what = left.kind === 'quoted' ? 'a string' : `${left.name}()`;
    throw this.error(`${what} must be compared with something`, left);
  }

  private quantifier(): '' | 'any' | 'all' {
    const { kind, text } = this.token;
    const following = this.tokens[this.index + 1];
    if (kind !== 'word' || (text !== 'any' && text !== 'all') || following?.kind !== 'word') return '';
    if (following.text in OPERATORS || RESERVED.has(following.text)) return '';
    this.index++;
    return text;
  }

  private operator(): Operator | undefined {
    const { kind, text } = this.token;
    if (kind === 'string' || kind === 'end' || !Object.hasOwn(OPERATORS, text)) return undefined;
    this.index++;
    return OPERATORS[text];
  }

  private operand(): Operand {
    const { kind, text, at } = this.token;
    if (
      kind === 'word' &&
      this.tokens[this.index + 1].text === '(' &&
      this.tokens[this.index + 1].kind === 'operator'
    ) {
      const name = FUNCTIONS.find((known) => known === text.toLowerCase());
      if (name !== undefined) return this.call(name, at);
      throw this.error(`there is no function ${text} (there are ${FUNCTIONS.join(', ')})`, this.token);
    }
    return this.literal();
  }

  private call(name: FunctionName, at: number): Operand {
    this.index += 2;
    const argument = this.literal();
    if (argument.kind !== 'word') throw this.error(`${name}() takes a field`, argument);
    const close = this.token;
    if (!this.take(')')) throw this.unexpected(`expected ) after the field of ${name}()`);
    return { kind: 'function', name, argument, at, length: close.at + 1 - at };
  }

  private literal(): Literal {
    const { kind, text, at, length } = this.token;
    if (kind === 'string') {
      this.index++;
      return { kind: 'quoted', text, at, length };
    }
    if (kind !== 'word' || RESERVED.has(text) || Object.hasOwn(OPERATORS, text)) {
      throw this.unexpected('expected a field or a value');
    }
    this.index++;
    const word: Word = { kind: 'word', text, at, length };
    return word;
  }

  private set(): Member[] {
    const open = this.token;
    if (!this.take('{')) throw this.unexpected('expected { after "in"');
    const members: Member[] = [];
    do {
      const low = this.literal();
      members.push({ low, high: this.take('..') ? this.literal() : undefined });
      this.take(',');
      if (members.length > MAX_MEMBERS) throw this.error(`a set may have ${MAX_MEMBERS} members`, open);
    } while (!this.take('}') && this.token.kind !== 'end');
    if (this.tokens[this.index - 1].text !== '}') throw this.error('the set is not closed', open);
    return members;
  }

  private get token(): Token {
    return this.tokens[this.index];
  }

  private nextIs(...spellings: readonly string[]): boolean {
    return this.token.kind !== 'string' && this.token.kind !== 'end' && spellings.includes(this.token.text);
  }

  private take(...spellings: readonly string[]): boolean {
    if (!this.nextIs(...spellings)) return false;
    this.index++;
    return true;
  }

  private enter(): void {
    if (++this.depth > MAX_DEPTH) throw this.error(`nested deeper than ${MAX_DEPTH} levels`, this.token);
  }

  private unexpected(hint: string): FilterError {
    const { kind, text } = this.token;
    if (kind === 'end') return this.error(`the filter ends too early: ${hint}`, this.token);
    return this.error(`unexpected ${kind === 'string' ? 'string' : `"${text}"`}: ${hint}`, this.token);
  }

  private error(message: string, { at, length }: { at: number; length: number }): FilterError {
    return new FilterError(message, this.text, at + 1, length);
  }
}

const RESERVED = new Set(['and', 'or', 'xor', 'not', 'in']);
const MAX_DEPTH = 200;
const MAX_MEMBERS = 10_000;
