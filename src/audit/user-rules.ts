// A module with rules of the user's → rules: its default export is one, or a list of them, in the shape of the catalogue's.
import * as modules from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SEVERITIES } from '../capture/severity.ts';
import { CATALOGUE } from '../rules/catalogue.ts';
import { RULE_SCOPES, type Rule } from '../rules/rule.ts';

/** Those of the catalogue, then those of the modules. Throws what the author of a module can mend: `my.mjs: …`. */
export async function loadAllRules(paths: readonly string[]): Promise<readonly Rule[]> {
  const all = [...CATALOGUE];
  for (const path of paths) {
    try {
      for (const rule of await loadRules(path)) {
        const { id } = rule.meta;
        if (all.some(({ meta }) => meta.id === id)) throw new Error(`there is a rule ${id} already`);
        all.push(rule);
      }
    } catch (error) {
      throw new Error(`${path}: ${(error as Error).message}`);
    }
  }
  return all;
}

async function loadRules(path: string): Promise<Rule[]> {
  resolveOwnName();
  const { default: value } = (await import(pathToFileURL(resolve(path)).href)) as { default?: unknown };
  if (value === undefined)
    throw new Error('has no default export: export default defineRule({meta, create})');
  const list = Array.isArray(value) ? value : [value];
  return list.map((rule, index) => checkRule(rule, Array.isArray(value) ? `rule ${index + 1}: ` : ''));
}

function checkRule(value: unknown, where: string): Rule {
  const { meta, create } = object(value);
  const expect = (holds: boolean, what: string): void => {
    if (!holds) throw new Error(`${where}${what}`);
  };
  expect(object(value) === value && object(meta) === meta, 'is no rule: it needs {meta, create}');
  const given = object(meta);
  expect(typeof create === 'function', 'create is no function');
  expect(
    isText(given['id']) && ID.test(given['id']),
    'meta.id is no "group/name" of small letters, digits and -',
  );
  expect(
    SEVERITIES.some((one) => one === given['severity']),
    `meta.severity is none of ${SEVERITIES.join(', ')}`,
  );
  expect(
    RULE_SCOPES.some((one) => one === given['scope']),
    `meta.scope is none of ${RULE_SCOPES.join(', ')}`,
  );
  expect(isText(given['summary']), 'meta.summary does not say what must hold');
  const messages = Object.entries(object(given['messages']));
  expect(
    messages.length > 0 && messages.every(([, text]) => isText(text)),
    'meta.messages has no texts by key',
  );
  const sources = given['sources'] ?? [];
  expect(Array.isArray(sources) && sources.every(isSource), 'meta.sources is no list of {document, section}');
  const filled = { tier: 1, since: '', why: '', exceptions: [], fix: '', ...given, sources };
  return { meta: filled, create } as unknown as Rule;
}

function isSource(value: unknown): boolean {
  const { document, section } = object(value);
  return isText(document) && typeof section === 'string';
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function object(value: unknown): Record<string, unknown> {
  return (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
}

/** A rule may import from `sipspect` wherever its file is; one that is installed beside it is taken first. */
function resolveOwnName(): void {
  if (isResolved || typeof modules.registerHooks !== 'function') return;
  isResolved = true;
  modules.registerHooks({
    resolve(specifier, context, next) {
      const own = OWN[specifier];
      if (own === undefined) return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        const file = import.meta.url.endsWith('.ts') ? `../${own}.ts` : `../${own}.js`;
        return { url: new URL(file, import.meta.url).href, shortCircuit: true };
      }
    },
  });
}

let isResolved = false;
const OWN: Readonly<Record<string, string>> = { sipspect: 'index', 'sipspect/rules': 'rules' };
const ID = /^[a-z\d][a-z\d-]*\/[a-z\d][a-z\d-]*$/;
