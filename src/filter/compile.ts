// Syntax tree → a predicate over the values of fields. Here names become fields, and literals values of their types.
import { between, compareWith, holds, order, type Test } from './compare.ts';
import type { Field, FieldType, Value } from './field.ts';
import { findField, suggestField } from './field-registry.ts';
import { FilterError } from './filter-error.ts';
import { isNotAValue, parseLiteral } from './literal.ts';
import { compilePattern } from './pattern.ts';
import type { ValueSource } from './source.ts';
import type {
  Comparison,
  Expression,
  Literal,
  Member,
  Membership,
  Operand,
  Operator,
  Place,
  Word,
} from './syntax.ts';

export type Predicate = (source: ValueSource) => boolean;

export interface Compiled {
  readonly predicate: Predicate;
  /** The fields it reads; the index is the slot. */
  readonly fields: readonly Field[];
}

/** Throws FilterError. */
export function compileExpression(expression: Expression, text: string): Compiled {
  const compiler = new Compiler(text);
  const predicate = compiler.expression(expression);
  return { predicate, fields: compiler.fields };
}

// A field or a function of one: its values, and what they are.
interface Reader {
  readonly type: FieldType;
  readonly field: Field | undefined;
  /** As written. */
  readonly words: string;
  readonly read: (source: ValueSource) => readonly Value[];
}

class Compiler {
  readonly fields: Field[] = [];
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  expression(expression: Expression): Predicate {
    switch (expression.kind) {
      case 'and': {
        const [left, right] = this.both(expression);
        return (source) => left(source) && right(source);
      }
      case 'or': {
        const [left, right] = this.both(expression);
        return (source) => left(source) || right(source);
      }
      case 'xor': {
        const [left, right] = this.both(expression);
        return (source) => left(source) !== right(source);
      }
      case 'not': {
        const operand = this.expression(expression.operand);
        return (source) => !operand(source);
      }
      case 'exists': {
        const { read } = this.field(expression.operand);
        return (source) => read(source).length > 0;
      }
      case 'compare':
        return this.comparison(expression);
      case 'in':
        return this.membership(expression);
    }
  }

  private both({ left, right }: { left: Expression; right: Expression }): [Predicate, Predicate] {
    return [this.expression(left), this.expression(right)];
  }

  private comparison({ operator, quantifier, left, right }: Comparison): Predicate {
    const reader = this.reader(left);
    const all = quantifier === '' ? operator === '!=' || operator === '===' : quantifier === 'all';
    this.checkOperator(operator, reader, left);
    const other = this.otherReader(right, reader);
    if (other !== undefined) return this.readers(operator, all, reader, other, right);
    return quantified(all, reader, this.test(operator, reader, right as Literal));
  }

  private test(operator: Operator, reader: Reader, constant: Literal): Test {
    if (operator === 'contains') return compareWith(operator, reader.type, this.plain(reader, constant));
    if (operator !== 'matches') return compareWith(operator, reader.type, this.value(reader, constant));
    const matches = compilePattern(constant.text);
    if (typeof matches === 'string') throw this.error(matches, constant);
    return (value) => matches(String(value));
  }

  // Two fields: any pair (or, for `all`, every pair) must satisfy the operator.
  private readers(operator: Operator, all: boolean, left: Reader, right: Reader, place: Place): Predicate {
    if (kindOf(left.type) !== kindOf(right.type)) {
      throw this.error(`${left.words} and ${right.words} cannot be compared`, place);
    }
    if (operator === 'matches') throw this.error('matches needs a pattern in quotes', place);
    const test = (a: Value, b: Value): boolean =>
      operator === 'contains' ? String(a).includes(String(b)) : holds(operator, order(left.type, a, b));
    return (source) => {
      const mine = left.read(source);
      const theirs = right.read(source);
      if (mine.length === 0 || theirs.length === 0) return false;
      if (all) return mine.every((a) => theirs.every((b) => test(a, b)));
      return mine.some((a) => theirs.some((b) => test(a, b)));
    };
  }

  private membership({ quantifier, left, members }: Membership): Predicate {
    const reader = this.reader(left);
    const tests = members.map((member) => this.member(reader, member));
    return quantified(quantifier === 'all', reader, (value) => tests.some((test) => test(value)));
  }

  private member(reader: Reader, { low, high }: Member): Test {
    const from = this.value(reader, low);
    if (high === undefined) return compareWith('==', reader.type, from);
    if (reader.type === 'boolean') throw this.error(`${reader.words} has no ranges`, high);
    const to = this.value(reader, high);
    if (order(reader.type, from, to) > 0) throw this.error('the range ends before it begins', high);
    return between(reader.type, from, to);
  }

  private value(reader: Reader, literal: Literal): Value {
    const value = parseLiteral(literal.text, reader.type, reader.field, reader.words);
    if (isNotAValue(value)) throw this.error(value.problem, literal);
    this.checkVersion(reader, literal);
    return value;
  }

  private plain(reader: Reader, literal: Literal): Value {
    if (literal.text === '') throw this.error(`${reader.words} contains "" always`, literal);
    return literal.text;
  }

  private checkVersion({ field, type }: Reader, literal: Literal): void {
    if (type !== 'address') return;
    const six = literal.text.includes(':');
    if (field?.name.startsWith('ip.') && six)
      throw this.error('ip.* is IPv4 (use ipv6.addr, or addr for both)', literal);
    if (field?.name.startsWith('ipv6.') && !six)
      throw this.error('ipv6.* is IPv6 (use ip.addr, or addr for both)', literal);
  }

  private checkOperator(operator: Operator, { type, words }: Reader, place: Place): void {
    if (type === 'presence') throw this.error(`${words} is there or not: it has no value to compare`, place);
    const textual = operator === 'contains' || operator === 'matches';
    const fits = textual ? TEXTUAL.includes(type) : EQUALITY.includes(operator) || !UNORDERED.includes(type);
    if (!fits) throw this.error(`${words} cannot be compared by "${operator}"`, place);
  }

  /** The left side: a field or a function. */
  private reader(operand: Operand): Reader {
    if (operand.kind === 'word') return this.field(operand);
    if (operand.kind === 'function') return this.call(operand);
    throw this.error('the left side must be a field or a function', operand);
  }

  /** The right side when it is a field or a function; undefined for a literal. */
  private otherReader(operand: Operand, left: Reader): Reader | undefined {
    if (operand.kind === 'function') return this.call(operand);
    if (operand.kind === 'quoted') return undefined;
    const field = findField(operand.text);
    return field === undefined || field.type === 'presence' || left.field?.choices
      ? undefined
      : this.field(operand);
  }

  private call({ name, argument, at, length }: Extract<Operand, { kind: 'function' }>): Reader {
    const inner = this.field(argument);
    const words = this.text.slice(at, at + length);
    if (name === 'count')
      return { type: 'number', field: undefined, words, read: (source) => [inner.read(source).length] };
    if (inner.type !== 'text')
      throw this.error(`${name}() takes a field of text, which ${inner.words} is not`, argument);
    const change: (value: Value) => Value = CHANGES[name];
    return {
      type: name === 'len' ? 'number' : 'text',
      field: undefined,
      words,
      read: (source) => inner.read(source).map(change),
    };
  }

  private field(word: Word): Reader {
    const field = findField(word.text);
    if (field === undefined) {
      const near = suggestField(word.text);
      const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
      throw this.error(`unknown field "${word.text}"${hint}`, word);
    }
    let slot = this.fields.findIndex(({ name }) => name.toLowerCase() === field.name.toLowerCase());
    if (slot < 0) slot = this.fields.push(field) - 1;
    return { type: field.type, field, words: field.name, read: (source) => source.values(slot) };
  }

  private error(message: string, { at, length }: Place): FilterError {
    return new FilterError(message, this.text, at + 1, length);
  }
}

// A field that is absent satisfies nothing, whatever the operator.
function quantified(all: boolean, { read }: Reader, test: Test): Predicate {
  if (!all) {
    return (source) => {
      const values = read(source);
      for (let i = 0; i < values.length; i++) if (test(values[i])) return true;
      return false;
    };
  }
  return (source) => {
    const values = read(source);
    for (let i = 0; i < values.length; i++) if (!test(values[i])) return false;
    return values.length > 0;
  };
}

function kindOf(type: FieldType): FieldType {
  return type === 'duration' ? 'number' : type;
}

const CHANGES = {
  len: (value: Value) => String(value).length,
  lower: (value: Value) => String(value).toLowerCase(),
  upper: (value: Value) => String(value).toUpperCase(),
} as const;
const EQUALITY: readonly Operator[] = ['==', '!=', '===', '!=='];
const TEXTUAL: readonly FieldType[] = ['text', 'number', 'address', 'uuid'];
const UNORDERED: readonly FieldType[] = ['boolean', 'uuid'];
