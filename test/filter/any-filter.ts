// Syntax trees of any shape.
import fc from 'fast-check';
import {
  type Expression,
  FUNCTIONS,
  type Literal,
  type Operand,
  type Operator,
} from '../../src/filter/syntax.ts';

export function anyFilter(): fc.Arbitrary<Expression> {
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      word(FIELDS).map((operand): Expression => ({ kind: 'exists', operand })),
      comparison(),
      membership(),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const, 'xor' as const),
        left: tie('tree'),
        right: tie('tree'),
      }),
      tie('tree').map((operand): Expression => ({ kind: 'not', operand })),
    ),
  }));
  return tree;
}

function comparison(): fc.Arbitrary<Expression> {
  return fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom<Operator>(
      '==',
      '!=',
      '===',
      '!==',
      '>',
      '<',
      '>=',
      '<=',
      'contains',
      'matches',
    ),
    quantifier: quantifier(),
    left: operand(),
    right: fc.oneof(literal(), operand()),
  });
}

function membership(): fc.Arbitrary<Expression> {
  const member = fc.record({ low: literal(), high: fc.option(literal(), { nil: undefined }) });
  return fc.record({
    kind: fc.constant('in' as const),
    quantifier: quantifier(),
    left: operand(),
    members: fc.array(member, { minLength: 1, maxLength: 4 }),
  });
}

function quantifier() {
  return fc.constantFrom('' as const, 'any' as const, 'all' as const);
}

function operand(): fc.Arbitrary<Operand> {
  const call = fc
    .tuple(fc.constantFrom(...FUNCTIONS), word(FIELDS))
    .map(([name, argument]): Operand => ({ kind: 'function', name, argument, at: 0, length: 1 }));
  return fc.oneof(word(FIELDS), call);
}

function literal(): fc.Arbitrary<Literal> {
  const quoted = fc
    .string({ unit: 'binary', maxLength: 8 })
    .map((text): Literal => ({ kind: 'quoted', text, at: 0, length: 1 }));
  return fc.oneof(quoted, word(VALUES));
}

function word(texts: readonly string[]) {
  return fc.constantFrom(...texts).map((text) => ({ kind: 'word' as const, text, at: 0, length: 1 }));
}

const FIELDS = [
  'sip',
  'sip.Method',
  'ip.addr',
  'udp.port',
  'sip.Via.sent-by.address',
  'call.state',
  'frame.time',
  'x.y',
];
const VALUES = [
  'INVITE',
  '200',
  '0x1f',
  '10.0.0.0/8',
  '::1',
  '2001:db8::/32',
  'in-call',
  '1.5s',
  'sip:a@b',
  '-3',
];
