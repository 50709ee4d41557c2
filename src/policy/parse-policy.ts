// The text of sbc.yaml → a policy, or everything that is wrong with it at its place.
import type { z } from 'zod';
import { nearest } from '../sip/text/nearest-name.ts';
import type { Policy } from './policy.ts';
import type { PolicyError } from './policy-error.ts';
import { policyOf } from './policy-from-file.ts';
import { checkReferences } from './policy-references.ts';
import { POLICY_FILE, type PolicyFile } from './policy-schema.ts';
import { type Path, PolicySource, quoted } from './policy-source.ts';

export type ParsedPolicy =
  | { readonly policy: Policy; readonly errors?: undefined }
  | { readonly policy?: undefined; readonly errors: readonly PolicyError[] };

/**
 * `input` is text, or octets that should be UTF-8. `file` is only named in errors. Never throws; there is at least one
 * error where there is no policy, and the errors stand in the order of the file.
 */
export function parsePolicy(input: string | Uint8Array, file: string): ParsedPolicy {
  const source = new PolicySource(input, file);
  if (source.errors.length > 0) return failed(source);
  const result = POLICY_FILE.safeParse(source.value);
  const issues = result.success ? [] : result.error.issues;
  for (const issue of issues) if (!source.full) report(source, issue);
  if (!adjacenciesDoubtful(source.value, issues)) checkReferences(source.value as PolicyFile, source);
  return result.success && source.errors.length === 0 ? { policy: policyOf(result.data) } : failed(source);
}

/** Whoever misspells a key of an adjacency need not read that all references to it lead nowhere. */
function adjacenciesDoubtful(value: unknown, issues: readonly z.core.$ZodIssue[]): boolean {
  if (issues.some((issue) => issue.path[0] === 'adjacencies')) return true;
  return issues.some((issue) => issue.path.length === 0) && valueAt(value, ['adjacencies']) === undefined;
}

function failed(source: PolicySource): ParsedPolicy {
  const errors = source.errors.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { errors: errors.slice(0, MOST_ERRORS) };
}

function report(source: PolicySource, issue: z.core.$ZodIssue): void {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      if (source.full) return;
      const hint = nearest(key, keysAt(path));
      source.errorAtKey(
        [...path, key],
        `unknown key ${quoted(key)}${hint ? ` (did you mean ${hint}?)` : ''}`,
      );
    }
    return;
  }
  const value = valueAt(source.value, path);
  const expected = expectation(issue);
  if (value === undefined && path.length > 0) {
    source.errorAtValue(path.slice(0, -1), `${quoted(path.at(-1))} is missing: expected ${expected}`);
    return;
  }
  const hint = hintFor(issue, value);
  source.errorAtValue(path, `expected ${expected}, not ${source.written(path)}${hint}`);
}

// Leaves of the schema have words of their own; what is left is structure.
function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code !== 'invalid_type') return issue.message;
  if (issue.expected === 'object' || issue.expected === 'record')
    return issue.path.length === 0 ? 'keys such as adjacencies and cac' : 'a mapping (key: value)';
  return issue.expected === 'array' ? 'a list (a line with - for each, or [a, b])' : issue.message;
}

function hintFor(issue: z.core.$ZodIssue, value: unknown): string {
  if (typeof value !== 'string') return '';
  const word = value.toLowerCase();
  if (issue.message.startsWith('true')) {
    if (['on', 'yes', 'y'].includes(word)) return ' (did you mean true?)';
    if (['off', 'no', 'n'].includes(word)) return ' (did you mean false?)';
  }
  if (issue.code !== 'invalid_value') return '';
  const meant = nearest(word, issue.values.map(String));
  return meant === undefined ? '' : ` (did you mean ${meant}?)`;
}

/** The keys that the schema knows there. */
function keysAt(path: Path): readonly string[] {
  let schema: unknown = POLICY_FILE;
  for (const step of path) {
    const inner = unwrapped(schema);
    schema = typeof step === 'number' ? inner.element : inner.shape?.[String(step)];
  }
  return Object.keys(unwrapped(schema).shape ?? {});
}

interface Inner {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
}

function unwrapped(schema: unknown): Inner {
  let inner = schema as Inner & { unwrap?: () => unknown };
  while (inner?.unwrap !== undefined && inner.element === undefined) inner = inner.unwrap() as typeof inner;
  return inner ?? {};
}

function valueAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) at = (at as Readonly<Record<PropertyKey, unknown>> | null | undefined)?.[step];
  return at;
}

const MOST_ERRORS = 100;
