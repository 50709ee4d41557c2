// The tree of a pattern → instructions of a machine that can be in many places at once (Thompson's construction).
import { type Assertion, PatternError, type PatternNode, type UnitTest } from './pattern-syntax.ts';

export type Instruction =
  | { readonly kind: 'unit'; readonly test: UnitTest }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'match' };

/** Begins at 0; falls through from one to the next, except after split, jump and match. Throws PatternError. */
export function compileProgram(tree: PatternNode): Instruction[] {
  const program: Instruction[] = [];
  emit(tree, program);
  program.push({ kind: 'match' });
  return program;
}

function emit(node: PatternNode, program: Instruction[]): void {
  if (program.length > MAX_INSTRUCTIONS) throw new PatternError('the pattern is too large');
  switch (node.kind) {
    case 'unit':
      program.push({ kind: 'unit', test: node.test });
      break;
    case 'assert':
      program.push({ kind: 'assert', what: node.what });
      break;
    case 'sequence':
      for (const part of node.parts) emit(part, program);
      break;
    case 'choice':
      emitChoice(node.options, program);
      break;
    case 'repeat':
      emitRepeat(node.part, node.min, node.max, program);
  }
}

function emitChoice(options: readonly PatternNode[], program: Instruction[]): void {
  const ends: { to: number }[] = [];
  for (const [index, option] of options.entries()) {
    const last = index === options.length - 1;
    const split = { kind: 'split' as const, first: program.length + 1, second: 0 };
    if (!last) program.push(split);
    emit(option, program);
    if (!last) {
      const jump = { kind: 'jump' as const, to: 0 };
      program.push(jump);
      ends.push(jump);
      split.second = program.length;
    }
  }
  for (const end of ends) end.to = program.length;
}

function emitRepeat(part: PatternNode, min: number, max: number, program: Instruction[]): void {
  for (let i = 0; i < min; i++) {
    const before = program.length;
    emit(part, program);
    if (program.length === before) break; // nothing, repeated, is nothing
    if (program.length > MAX_INSTRUCTIONS) throw new PatternError('the pattern is too large');
  }
  if (max === Number.POSITIVE_INFINITY) {
    const at = program.length;
    const split = { kind: 'split' as const, first: at + 1, second: 0 };
    program.push(split);
    emit(part, program);
    program.push({ kind: 'jump', to: at });
    split.second = program.length;
    return;
  }
  const splits: { second: number }[] = [];
  for (let i = min; i < max; i++) {
    if (program.length > MAX_INSTRUCTIONS) throw new PatternError('the pattern is too large');
    const split = { kind: 'split' as const, first: program.length + 1, second: 0 };
    program.push(split);
    splits.push(split);
    emit(part, program);
  }
  for (const split of splits) split.second = program.length;
}

const MAX_INSTRUCTIONS = 2000;
