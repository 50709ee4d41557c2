// Fails, saying exactly where, when a rule is not in its group, lacks meta or cases, or has no page that is up to date.
import { rulePages, writtenPages } from './rule-pages.mjs';

const { pages, faults, ids } = await rulePages();
const written = writtenPages();
for (const [name, text] of pages) {
  const page = written.get(name);
  if (page === undefined) faults.push(`docs/rules/${name}: is missing (npm run docs writes it)`);
  else if (page !== text)
    faults.push(`docs/rules/${name}: is not what the rule and its cases say now (npm run docs)`);
}
for (const name of written.keys()) {
  if (!pages.has(name) && !ids.has(name))
    faults.push(`docs/rules/${name}: is the page of no rule (npm run docs removes it)`);
}
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
