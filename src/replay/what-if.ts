// `caller-privacy=always`, `adjacencies.inside.record-route-passthrough=true` → the text of another policy. A path leads through
// the keys of the file; items of lists are named by their `name` or number, `*` is each of them. A key alone is set wherever the
// file has its place for it.
import { parse, stringify } from 'yaml';

export interface Assignment {
  readonly path: readonly string[];
  /** As YAML reads it. */
  readonly value: unknown;
}

/** Undefined when the text is no assignment. */
export function parseAssignment(text: string): Assignment | undefined {
  const equals = text.indexOf('=');
  const path = text.slice(0, equals).trim().split('.');
  if (equals <= 0 || path.some((step) => step === '')) return undefined;
  const value: unknown = parse(text.slice(equals + 1).trim());
  return { path, value: typeof value === 'string' ? (WORDS.get(value) ?? value) : value };
}

/** `text` is a policy that is right. Throws RangeError where a path leads nowhere; whether the values fit, the parser says. */
export function withAssignments(text: string, assignments: readonly Assignment[]): string {
  const file = (parse(text) ?? {}) as Mapping;
  for (const { path, value } of assignments) {
    const [only] = path;
    if (path.length === 1 && only !== undefined) assignKey(file, only, value);
    else assign(file, path, value, path);
  }
  return stringify(file);
}

type Mapping = Record<string, unknown>;

function assignKey(file: Mapping, key: string, value: unknown): void {
  if (key === 'passthrough') assignKey(file, 'record-route-passthrough', value);
  else if (key === 'privacy') {
    assignKey(file, 'caller-privacy', value);
    assignKey(file, 'callee-privacy', value);
  } else if (OF_ADJACENCIES.has(key)) assign(file, ['adjacencies', '*', key], value, [key]);
  else if (OF_CAC.has(key)) {
    const entries = Array.isArray(file.cac) ? (file.cac as unknown[]) : [];
    // The first entry that says something decides.
    file.cac = [{ name: `what if ${key}`, [key]: modeOf(value) }, ...entries];
  } else if (key in file || TOP.has(key)) file[key] = value;
  else file.decisions = { ...(file.decisions as Mapping | undefined), [key]: value };
}

function assign(at: unknown, path: readonly string[], value: unknown, whole: readonly string[]): void {
  const [step, ...rest] = path;
  if (step === undefined) return;
  for (const [holder, key] of placesOf(at, step, whole)) {
    if (rest.length === 0) holder[key] = value;
    else {
      holder[key] ??= {};
      assign(holder[key], rest, value, whole);
    }
  }
}

function placesOf(at: unknown, step: string, whole: readonly string[]): [Mapping, string][] {
  if (Array.isArray(at)) {
    const items = at as Mapping[];
    const keys = items.flatMap((item, index) =>
      step === '*' || item.name === step || String(index) === step ? [String(index)] : [],
    );
    if (keys.length === 0) throw new RangeError(`${whole.join('.')}: nothing is called ${step} there`);
    return keys.map((key) => [items as unknown as Mapping, key]);
  }
  if (typeof at !== 'object' || at === null) throw new RangeError(`${whole.join('.')}: ${step} has no place`);
  const mapping = at as Mapping;
  // The routes a mapping by name takes are those of its own keys only.
  if (step === '__proto__') throw new RangeError(`${whole.join('.')}: ${step} has no place`);
  return step === '*' ? Object.keys(mapping).map((key) => [mapping, key]) : [[mapping, step]];
}

function modeOf(value: unknown): unknown {
  return value === true ? 'always' : value === false ? 'never' : value;
}

/** As people say it. */
const WORDS: ReadonlyMap<string, boolean> = new Map([
  ['on', true],
  ['yes', true],
  ['off', false],
  ['no', false],
]);
const OF_ADJACENCIES: ReadonlySet<string> = new Set([
  ...['record-route-passthrough', 'topology-hiding', 'rewrite-register', 'trusted', 'h323'],
  ...['registered-subscribers', 'account', 'peers', 'next-hops'],
]);
const OF_CAC: ReadonlySet<string> = new Set(['caller-privacy', 'callee-privacy']);
const TOP: ReadonlySet<string> = new Set([
  ...['name', 'adjacencies', 'cac', 'routes', 'interworking', 'registrars', 'registered', 'networks'],
  ...['emergency-numbers', 'unsolicited-events', 'decisions', 'legs', 'rules', 'ignore', 'thresholds'],
]);
