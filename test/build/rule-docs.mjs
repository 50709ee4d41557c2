// Writes docs/rules anew from the rules and their cases: npm run docs. Pages of rules that are gone are removed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pagePath, rulePages, writtenPages } from './rule-pages.mjs';

const { pages, faults, ids } = await rulePages();
const written = writtenPages();
let changed = 0;
for (const [name, text] of pages) {
  if (written.get(name) === text) continue;
  mkdirSync(dirname(pagePath(name)), { recursive: true });
  writeFileSync(pagePath(name), text);
  changed++;
}
for (const name of written.keys()) if (!pages.has(name) && !ids.has(name)) rmSync(pagePath(name));
console.log(`${pages.size} pages, ${changed} of them written`);
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
