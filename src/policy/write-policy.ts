// A policy → YAML with a comment for each section and each of its keys, from which parsePolicy makes the same policy again.
import { Document, isMap, isScalar, isSeq, type Node, type Pair, visit, type YAMLMap } from 'yaml';
import type { Policy } from './policy.ts';
import { policySchema } from './policy-schema.ts';
import { fileOf } from './policy-to-file.ts';

export interface WriteOptions {
  /** Lines for the top of the file, without their #. */
  readonly head?: readonly string[];
  /** Defaults are spelled out. */
  readonly everything?: boolean;
  /** No comments. */
  readonly bare?: boolean;
}

export function writePolicy(policy: Policy, options: WriteOptions = {}): string {
  const document = new Document(fileOf(policy, options.everything === true), {
    aliasDuplicateObjects: false,
  });
  visit(document, {
    // Short lists in one line: `local: [192.0.2.1]`.
    Seq: (_, list) => {
      if (list.items.length > 0 && list.items.every((item) => isScalar(item))) list.flow = true;
    },
  });
  if (options.bare !== true && isMap(document.contents))
    explain(document.contents, policySchema(), new Set(), true);
  const head = (options.head ?? []).map((line) => (line === '' ? '#' : `# ${line.replace(CONTROLS, ' ')}`));
  const text = document.toString({ lineWidth: 110, flowCollectionPadding: false });
  return head.length === 0 ? text : `${head.join('\n')}\n\n${text}`;
}

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** A key is explained where it stands first. */
function explain(map: YAMLMap, schema: Schema, seen: Set<Schema>, top: boolean): void {
  for (const [index, pair] of (map.items as Pair<Node, Node | null>[]).entries()) {
    const key = isScalar(pair.key) ? String(pair.key.value) : '';
    const property = schema.properties?.[key];
    if (property === undefined) continue;
    if (top && index > 0) pair.key.spaceBefore = true;
    const { description } = property;
    if (description !== undefined && !seen.has(property)) pair.key.commentBefore = comment(description, top);
    seen.add(property);
    if (isMap(pair.value)) explain(pair.value, property, seen, false);
    else if (isSeq(pair.value) && property.items !== undefined)
      for (const item of pair.value.items) if (isMap(item)) explain(item, property.items, seen, false);
  }
}

function comment(text: string, top: boolean): string {
  const width = top ? 108 : 96;
  const lines = [''];
  for (const word of text.split(' ')) {
    if (lines.at(-1)!.length + word.length >= width) lines.push('');
    lines[lines.length - 1] += ` ${word}`;
  }
  return lines.join('\n');
}

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;
