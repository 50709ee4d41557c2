// Telephone numbers of tel URIs (RFC 3966 §3, §5.1): global numbers, and local ones, which need a phone-context.
import type { Parameters } from './parameters.ts';

/** What is wrong with the number of a tel URI, or ''. */
export function telProblem(number: string, params: Parameters): string {
  if (number.startsWith('+')) return GLOBAL.test(number) ? '' : 'malformed global telephone number';
  if (!LOCAL.test(number)) return 'malformed local telephone number';
  // RFC 3966 §5.1.5: local numbers must have a phone-context.
  return params.has('phone-context') ? '' : 'local telephone number without phone-context';
}

/** The number without visual separators, in lower case: what RFC 3966 §4 compares. */
export function bareNumber(number: string): string {
  return number.replace(/[-.()]/g, '').toLowerCase();
}

const GLOBAL = /^\+[0-9\-.()]*[0-9][0-9\-.()]*$/;
const LOCAL = /^[0-9a-fA-F*#\-.()]*[0-9a-fA-F*#][0-9a-fA-F*#\-.()]*$/;
