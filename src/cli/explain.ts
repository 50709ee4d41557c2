// `sipspect explain RULE`: the page of a rule, with its examples.
import { readFile } from 'node:fs/promises';
import { rulePage } from '../audit/rule-page.ts';
import { printable } from '../ladder/printable.ts';
import { nearest } from '../sip/text/nearest-name.ts';
import { allRules } from './audit/audit-rules.ts';
import { CliError } from './exit.ts';
import { type ColourChoice, colourWanted } from './output/colour.ts';
import { Output } from './output/output.ts';
import { type Paint, painter } from './output/paint.ts';

export interface ExplainOptions {
  readonly color?: ColourChoice;
  readonly rules?: readonly string[];
}

export async function explain(id: string, options: ExplainOptions): Promise<void> {
  const all = await allRules(options.rules);
  const rule = all.find(({ meta }) => meta.id === id);
  if (rule === undefined)
    throw new CliError(
      unknown(
        id,
        all.map(({ meta }) => meta.id),
      ),
    );
  const page = await readFile(new URL(`../../docs/rules/${id}.md`, import.meta.url), 'utf8').catch(() =>
    // A rule of the user's has none.
    rulePage(rule.meta),
  );
  const output = new Output();
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  for (const line of page.trimEnd().split('\n')) output.line(paintLine(printable(line), paint));
  await output.flush();
}

/** With the ids that are near: misspelled, of the group, or with the same last part. */
function unknown(id: string, ids: readonly string[]): string {
  const name = id.slice(id.indexOf('/') + 1);
  const near = nearest(id, ids);
  const alike = ids.filter((one) => one !== near && name !== '' && one.endsWith(`/${name}`));
  const inside = ids.filter(
    (one) => one !== near && name.length >= 3 && one.includes(name) && !alike.includes(one),
  );
  const hints = [...(near === undefined ? [] : [near]), ...alike, ...inside].slice(0, HINTS);
  return `no rule is called ${id}${hints.length === 0 ? ': see sipspect rules' : ` (did you mean ${hints.join(', ')}?)`}`;
}

/** Markdown as it is, headings and diffs coloured. */
function paintLine(line: string, paint: Paint): string {
  if (line.startsWith('#')) return paint.bold(line);
  if (line.startsWith('+')) return paint.green(line);
  if (/^-(?! )/.test(line)) return paint.red(line);
  return line;
}

const HINTS = 5;
