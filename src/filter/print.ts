// Syntax tree → text that parses to the same tree.
import { quoteString } from './string-literal.ts';
import type { Expression, Literal, Member, Operand } from './syntax.ts';

export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'or':
    case 'xor':
    case 'and':
      // Operators of equal rank group from the left.
      return `${wrap(expression.left, RANK[expression.kind])} ${SYMBOL[expression.kind]} ${wrap(expression.right, RANK[expression.kind] + 1)}`;
    case 'not':
      return `!${wrap(expression.operand, RANK.test)}`;
    case 'exists':
      return expression.operand.text;
    case 'compare':
      return `${prefix(expression.quantifier)}${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case 'in':
      return `${prefix(expression.quantifier)}${operand(expression.left)} in {${expression.members.map(member).join(', ')}}`;
  }
}

// In parentheses when it binds less closely than its place asks for.
function wrap(expression: Expression, rank: number): string {
  const inner = printExpression(expression);
  return rankOf(expression) < rank ? `(${inner})` : inner;
}

// `!a == b` would be read as meant, but not by people: a comparison under `!` stands in parentheses.
function rankOf({ kind }: Expression): number {
  if (kind === 'compare' || kind === 'in') return RANK.not;
  return kind === 'exists' || kind === 'not' ? RANK.test : RANK[kind];
}

function prefix(quantifier: string): string {
  return quantifier === '' ? '' : `${quantifier} `;
}

function operand(one: Operand): string {
  return one.kind === 'function' ? `${one.name}(${one.argument.text})` : literal(one);
}

function literal(one: Literal): string {
  return one.kind === 'quoted' ? quoteString(one.text) : one.text;
}

function member({ low, high }: Member): string {
  return high === undefined ? literal(low) : `${literal(low)}..${literal(high)}`;
}

const RANK = { or: 0, xor: 1, and: 2, not: 3, test: 4 } as const;
const SYMBOL = { or: '||', xor: '^^', and: '&&' } as const;
