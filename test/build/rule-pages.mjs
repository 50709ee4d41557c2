// Every rule and its cases → the pages of docs/rules, by path; and what is missing where. For rule-docs.mjs, which writes them,
// and rule-check.mjs, which compares.
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const RULES = join(ROOT, 'src/rules');
const PAGES = join(ROOT, 'docs/rules');

/** Texts by path, relative to docs/rules; what stands in the way of a page, a line each; and the paths that pages may have. */
export async function rulePages() {
  const { CATALOGUE } = await load('src/rules/catalogue.ts');
  const { pageCase, ruleIndex, rulePage } = await load('src/audit/rule-page.ts');
  const { judgeCase } = await load('src/rules/case/judge-flow.ts');
  const policyOf = await policies();
  const pages = new Map();
  const faults = structureFaults(CATALOGUE);
  for (const rule of CATALOGUE) {
    const { id } = rule.meta;
    const cases = await casesOf(id);
    if (typeof cases === 'string') {
      faults.push(cases);
      continue;
    }
    faults.push(...caseFaults(rule, cases));
    try {
      const shown = (one) => pageCase(one, judgeCase([rule], policyOf(one.policy), one));
      pages.set(
        `${id}.md`,
        rulePage(rule.meta, { valid: cases.valid.map(shown), invalid: cases.invalid.map(shown) }),
      );
    } catch (error) {
      faults.push(`${id}: its cases cannot be judged: ${error.message}`);
    }
  }
  pages.set('README.md', ruleIndex(CATALOGUE.map(({ meta }) => meta)));
  return { pages, faults, ids: new Set(CATALOGUE.map(({ meta }) => `${meta.id}.md`)) };
}

/** Pages as they stand. */
export function writtenPages() {
  if (!existsSync(PAGES)) return new Map();
  return new Map(
    globSync('**/*.md', { cwd: PAGES }).map((path) => [path, readFileSync(join(PAGES, path), 'utf8')]),
  );
}

export function pagePath(name) {
  return join(PAGES, name);
}

/** What is not where it belongs, or says too little of itself. */
function structureFaults(catalogue) {
  const faults = [];
  const known = new Set(catalogue.map(({ meta }) => meta.id));
  for (const folder of readdirSync(RULES, { withFileTypes: true })) {
    if (!folder.isDirectory() || NO_GROUPS.has(folder.name)) continue;
    for (const file of readdirSync(join(RULES, folder.name))) {
      const id = `${folder.name}/${file.replace(/\.ts$/, '')}`;
      const text = readFileSync(join(RULES, folder.name, file), 'utf8');
      // A file that rules of a group share is no rule.
      if (file === 'group.ts' || !/^export default defineRule\(/m.test(text)) continue;
      if (!known.has(id)) faults.push(`${id}: is not in src/rules/${folder.name}/group.ts under this id`);
    }
  }
  const ids = catalogue.map(({ meta }) => meta.id);
  for (const id of ids.filter((id, index) => ids.indexOf(id) < index))
    faults.push(`${id}: is in the catalogue twice`);
  for (const { meta } of catalogue) faults.push(...metaFaults(meta));
  return faults;
}

function metaFaults(meta) {
  const faults = [];
  const { id } = meta;
  if (!existsSync(join(RULES, `${id}.ts`))) faults.push(`${id}: has no file src/rules/${id}.ts`);
  for (const name of ['summary', 'why', 'fix', 'since']) {
    if (typeof meta[name] !== 'string' || meta[name].trim() === '')
      faults.push(`${id}: its meta has no ${name}`);
    else if (meta[name].includes('\n')) faults.push(`${id}: ${name} has more than one line`);
  }
  if (meta.sources.length === 0) faults.push(`${id}: its meta names no source`);
  if (Object.keys(meta.messages).length === 0) faults.push(`${id}: its meta has no messages`);
  return faults;
}

function caseFaults({ meta }, { rule, valid, invalid }) {
  const faults = [];
  if (rule !== meta.id) faults.push(`${meta.id}: its cases are for ${rule}`);
  if (valid.length === 0) faults.push(`${meta.id}: has no valid case`);
  const keys = new Set(invalid.flatMap(({ findings }) => findings.map(({ key }) => key)));
  for (const key of Object.keys(meta.messages)) {
    if (!keys.has(key)) faults.push(`${meta.id}: no invalid case gives its message "${key}"`);
  }
  return faults;
}

async function casesOf(id) {
  const path = `test/rules/${id}.cases.ts`;
  if (!existsSync(join(ROOT, path))) return `${id}: has no cases, ${path}`;
  return (await load(path)).cases;
}

/** Policies of cases, read as audit reads them. */
async function policies() {
  const { EMPTY_POLICY } = await load('src/policy/default-policy.ts');
  const { parsePolicy } = await load('src/policy/parse-policy.ts');
  return (text) => {
    if (text === undefined) return EMPTY_POLICY;
    const { policy, errors } = parsePolicy(text, 'policy');
    if (policy === undefined) throw new Error(errors.map(({ message }) => message).join('; '));
    return policy;
  };
}

function load(path) {
  return import(pathToFileURL(join(ROOT, path)).href);
}

const NO_GROUPS = new Set(['case', 'facts']);
