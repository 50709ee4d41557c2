// The syntax tree of a filter, before fields are looked up. Places are 0-based offsets in the text.

export interface Place {
  readonly at: number;
  readonly length: number;
}

export type Expression =
  | { readonly kind: 'and' | 'or' | 'xor'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'exists'; readonly operand: Word }
  | Comparison
  | Membership;

export interface Comparison {
  readonly kind: 'compare';
  /** In its symbol's form. */
  readonly operator: Operator;
  /** `any` or `all` in front; '' for the operator's own habit. */
  readonly quantifier: '' | 'any' | 'all';
  readonly left: Operand;
  readonly right: Operand;
}

export interface Membership {
  readonly kind: 'in';
  readonly quantifier: '' | 'any' | 'all';
  readonly left: Operand;
  readonly members: readonly Member[];
}

/** A value, or a range when `high` is there. */
export interface Member {
  readonly low: Literal;
  readonly high: Literal | undefined;
}

export type Operand = Word | Quoted | FunctionCall;
export type Literal = Word | Quoted;

/** A field, a number, an address or an unquoted string. */
export interface Word extends Place {
  readonly kind: 'word';
  readonly text: string;
}

export interface Quoted extends Place {
  readonly kind: 'quoted';
  readonly text: string;
}

export interface FunctionCall extends Place {
  readonly kind: 'function';
  readonly name: FunctionName;
  readonly argument: Word;
}

export const FUNCTIONS = ['lower', 'upper', 'len', 'count'] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** `==` and ordering hold when any value satisfies them, `!=` when all differ, `===` and `!==` the other way round. */
export type Operator = '==' | '!=' | '===' | '!==' | '>' | '<' | '>=' | '<=' | 'contains' | 'matches';

/** Every spelling of every operator. */
export const OPERATORS: Readonly<Record<string, Operator>> = {
  '==': '==',
  eq: '==',
  any_eq: '==',
  '!=': '!=',
  ne: '!=',
  all_ne: '!=',
  '===': '===',
  all_eq: '===',
  '!==': '!==',
  any_ne: '!==',
  '>': '>',
  gt: '>',
  '<': '<',
  lt: '<',
  '>=': '>=',
  ge: '>=',
  '<=': '<=',
  le: '<=',
  contains: 'contains',
  matches: 'matches',
  '~': 'matches',
};
