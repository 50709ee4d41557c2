// What the user chose (a filter, the fields of the filter dialog, what was cleared) → whether a call passes.
import type { Filter } from '../../filter/filter.ts';
import { parseFilter } from '../../filter/filter.ts';
import { FilterError } from '../../filter/filter-error.ts';
import type { Choice } from '../model/state.ts';
import type { CallReading } from './call-reading.ts';
import { holdsText, type Question } from './questions.ts';
import { textTest, wordTest } from './word-test.ts';

/** Whether the call with this number passes. */
export type CallTest = (id: number) => boolean;

export interface ChoiceTestOptions {
  readonly reading: CallReading;
  /** Where the messages of calls are not at hand: the answer, which may come later. */
  readonly ask: (question: Question) => CallTest;
}

/** Null where every call passes. What is wrong with the filter is in `error`. */
export function choiceTest(
  choice: Choice,
  options: ChoiceTestOptions,
): { readonly test: CallTest | null; readonly error: string } {
  const { test, error } = filterTest(choice.filter, options);
  const tests = [clearedTest(choice), dialogTest(choice, options), test].filter((one) => one !== null);
  return { test: tests.length === 0 ? null : (id) => tests.every((one) => one(id)), error };
}

function clearedTest({ clearedUpTo, keeps }: Choice): CallTest | null {
  return clearedUpTo === 0 ? null : (id) => id > clearedUpTo || keeps?.has(id) === true;
}

function dialogTest({ dialog }: Choice, options: ChoiceTestOptions): CallTest | null {
  const { from, to, src, dst, payload, methods } = dialog;
  const { rows } = options.reading;
  const tests: CallTest[] = [];
  if (from !== '') tests.push(textTest(rows, 'from', from));
  if (to !== '') tests.push(textTest(rows, 'to', to));
  if (src !== '') tests.push(textTest(rows, 'src', src));
  if (dst !== '') tests.push(textTest(rows, 'dst', dst));
  if (methods !== -1) tests.push((id) => (rows.methods(id) & methods) !== 0);
  if (payload !== '') tests.push(payloadTest(payload, options));
  if (tests.length === 0) return null;
  return (id) => {
    rows.refresh(id);
    return tests.every((one) => one(id));
  };
}

function payloadTest(text: string, { reading, ask }: ChoiceTestOptions): CallTest {
  if (!reading.keepsAll) return ask({ kind: 'payload', text });
  return (id) => reading.keptCall(id)?.events?.some(({ message }) => holdsText(message, text)) === true;
}

function filterTest(
  text: string,
  options: ChoiceTestOptions,
): { readonly test: CallTest | null; readonly error: string } {
  const wanted = text.trim();
  if (wanted === '') return { test: null, error: '' };
  if (!EXPRESSION.test(wanted)) return { test: wordTest(options.reading.rows, wanted), error: '' };
  try {
    return { test: expressionTest(wanted, parseFilter(wanted), options), error: '' };
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    return { test: null, error: `column ${error.column}: ${error.message}` };
  }
}

function expressionTest(text: string, filter: Filter, { reading, ask }: ChoiceTestOptions): CallTest {
  if (!reading.keepsAll) return ask({ kind: 'expression', text });
  return (id) => {
    const call = reading.keptCall(id);
    return call !== undefined && filter.call(call);
  };
}

/** What tells an expression from words. */
const EXPRESSION = /[=<>!&|]|\b(contains|matches|in)\b|^([a-z]+|hep[23])\.[\w.-]+$/;
