// One value against a constant: an operator and the constant in, a test of values out.
import type { FieldType, Value } from './field.ts';
import { compareAddresses, inNetwork, normalAddress } from './ip-address.ts';
import type { Operator } from './syntax.ts';

export type Test = (value: Value) => boolean;

/** For `!=` and `!==` the test says whether the value differs; how many must, is for the caller to say. */
export function compareWith(operator: Operator, type: FieldType, constant: Value): Test {
  switch (operator) {
    case '==':
    case '===':
      return equals(type, constant);
    case '!=':
    case '!==': {
      const same = equals(type, constant);
      return (value) => !same(value);
    }
    case 'contains': {
      const part = String(constant);
      return (value) => String(value).includes(part);
    }
    case 'matches':
      throw new TypeError('patterns are compiled by pattern.ts');
    default:
      return ordered(operator, type, constant);
  }
}

/** Whether a value lies within the range, both ends included. */
export function between(type: FieldType, low: Value, high: Value): Test {
  const from = ordered('>=', type, low);
  const to = ordered('<=', type, high);
  return (value) => from(value) && to(value);
}

/** Negative, 0 or positive; of addresses by their octets. NaN when they cannot be ordered. */
export function order(type: FieldType, a: Value, b: Value): number {
  if (type === 'address') return compareAddresses(String(a), String(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function equals(type: FieldType, constant: Value): Test {
  if (type !== 'address') return (value) => value === constant;
  const text = String(constant);
  if (text.includes('/')) return remembered((address) => inNetwork(address, text));
  const normal = normalAddress(text);
  return (value) => value === normal;
}

function ordered(operator: Operator, type: FieldType, constant: Value): Test {
  if (type === 'address') {
    const bound = String(constant).split('/')[0];
    return remembered((address) => holds(operator, compareAddresses(address, bound)));
  }
  switch (operator) {
    case '>':
      return (value) => value > constant;
    case '<':
      return (value) => value < constant;
    case '>=':
      return (value) => value >= constant;
    default:
      return (value) => value <= constant;
  }
}

/** Whether an order satisfies an operator: `holds('>=', 0)`. */
export function holds(operator: Operator, comparison: number): boolean {
  switch (operator) {
    case '>':
      return comparison > 0;
    case '<':
      return comparison < 0;
    case '>=':
      return comparison >= 0;
    case '<=':
      return comparison <= 0;
    case '!=':
    case '!==':
      return comparison !== 0;
    default:
      return comparison === 0;
  }
}

// A capture has few addresses and many packets: each answer is worked out once.
function remembered(test: (address: string) => boolean): Test {
  const answers = new Map<string, boolean>();
  return (value) => {
    const address = String(value);
    let answer = answers.get(address);
    if (answer === undefined) {
      if (answers.size >= MAX_REMEMBERED) answers.clear();
      answer = test(address);
      answers.set(address, answer);
    }
    return answer;
  };
}

const MAX_REMEMBERED = 10_000;
