// The JSON Schema of policies → the tables of docs/policy.md: every key, what it takes, its default and what it means.

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
}

/** Markdown: a table for the file, and one for each mapping in it. */
export function policyReference(schema: Readonly<Record<string, unknown>>): string {
  const tables: string[] = [];
  write('The file', schema as Schema);
  return tables.join('\n');

  function write(title: string, { properties = {}, required = [] }: Schema): void {
    const rows = Object.entries(properties).map(([key, property]) => {
      const needed = required.includes(key) ? ' (required)' : '';
      return `| \`${key}\`${needed} | ${takes(property)} | ${usual(property)} | ${cell(property.description ?? '')} |`;
    });
    tables.push(
      `### ${title}\n\n| key | takes | default | meaning |\n|---|---|---|---|\n${rows.join('\n')}\n`,
    );
    for (const [key, property] of Object.entries(properties)) {
      const inner = property.items?.properties === undefined ? property : property.items;
      const of = title === 'The file' ? '' : `${title.replaceAll('`', '')}.`;
      if (inner.properties !== undefined) write(`\`${of}${key}${inner === property ? '' : '[]'}\``, inner);
    }
  }
}

function takes({ type, enum: values, items, minimum, maximum, examples = [], ...rest }: Schema): string {
  if (values !== undefined) return values.map((value) => code(value)).join(', ');
  if (type === 'array')
    return items?.properties === undefined ? `a list: ${code(examples[0])}` : 'a list of mappings';
  if (type === 'object')
    return rest.additionalProperties ? `a mapping: ${code(examples[0])}` : 'a mapping of these keys';
  if (type === 'boolean') return '`true`, `false`';
  if (minimum !== undefined) return `${type === 'integer' ? 'whole numbers ' : ''}${minimum} to ${maximum}`;
  return `such as ${code(examples[0])}`;
}

function usual({ default: value }: Schema): string {
  return value === undefined ? '' : code(value);
}

/** As it stands in YAML's flow style. */
function code(value: unknown): string {
  return `\`${cell(flow(value))}\``;
}

function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  // What would be a number without them has quotes.
  if (typeof value === 'string') return /^[0-9]+(\.[0-9]+)?$/.test(value) ? `"${value}"` : value;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, inner]) => `${key}: ${flow(inner)}`)
    .join(', ')}}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
