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
      return `!${wrap(expression.operand, RANK.not)}`;
    case 'exists':
      return expression.operand.text;
    case 'compare':
      return `${prefix(expression.quantifier)}${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case 'in':
      return `${prefix(expression.quantifier)}${operand(expression.left)} in {${expression.members.map(member).join(', ')}}`;
  }
}

function wrap(expression: Expression, rank: number): string {
  const inner = printExpression(expression);
  const own =
    expression.kind in RANK
      ? RANK[expression.kind as keyof typeof RANK]
      : expression.kind === 'exists'
        ? 5
        : 4;
  return own < rank || (rank === RANK.not && own === 4) ? `(${inner})` : inner;
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

const RANK = { or: 0, xor: 1, and: 2, not: 3 } as const;
const SYMBOL = { or: '||', xor: '^^', and: '&&' } as const;
