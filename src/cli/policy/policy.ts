// `sipspect policy`: checks, shows and imports the description of an SBC, and prints the schema of its file.
import { spellOut } from '../../dialog/record/json-text.ts';
import { printable } from '../../ladder/printable.ts';
import { importCiscoConfig } from '../../policy/cisco-import.ts';
import { parsePolicy } from '../../policy/parse-policy.ts';
import type { Policy } from '../../policy/policy.ts';
import { formatPolicyError } from '../../policy/policy-error.ts';
import { policySchema } from '../../policy/policy-schema.ts';
import { fileOf } from '../../policy/policy-to-file.ts';
import { writePolicy } from '../../policy/write-policy.ts';
import { CliError, EXIT } from '../exit.ts';
import { Output } from '../output/output.ts';
import { writeFile } from '../write/write-file.ts';
import { nameOf, readOctets, readPolicy } from './policy-file.ts';

/** One line for each good file on standard output, every error of the others on standard error, and then exit code 2. */
export async function check(paths: readonly string[]): Promise<void> {
  const output = new Output();
  for (const path of paths) {
    try {
      const { policy, errors } = parsePolicy(await readOctets(path), nameOf(path));
      if (policy !== undefined) output.line(printable(`${nameOf(path)}: ${contentsOf(policy)}`));
      else complain(errors.map(formatPolicyError).join('\n'));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      complain(error.message);
    }
  }
  await output.flush();
}

export async function show(path: string, { json = false }: { readonly json?: boolean }): Promise<void> {
  const policy = await readPolicy(path);
  const output = new Output();
  if (json) output.line(spellOut(JSON.stringify({ v: 1, ...fileOf(policy, true) })));
  else output.write(safe(writePolicy(policy, { everything: true, bare: true })));
  await output.flush();
}

export async function schema(): Promise<void> {
  const output = new Output();
  output.line(JSON.stringify(policySchema(), null, 2));
  await output.flush();
}

export interface ImportOptions {
  readonly output?: string;
  readonly strict?: boolean;
}

/** YAML to standard output or a file; what was not understood to standard error, with --strict an error. */
export async function importConfig(path: string, options: ImportOptions): Promise<void> {
  const octets = await readOctets(path);
  const { policy, understood, notUnderstood, outside } = importCiscoConfig(octets);
  const name = nameOf(path);
  if (understood.length === 0)
    throw new CliError(`${name}: no "sbc" section of a Cisco configuration was found`);
  const head = [
    `Imported by sipspect from ${name}. What it says nothing about is to be inferred from traffic.`,
  ];
  const written = writePolicy(policy, { head });
  // What cannot be read again must not be handed on.
  const again = parsePolicy(written, options.output ?? 'the imported policy');
  if (again.errors !== undefined)
    complain(`the imported policy needs mending:\n${again.errors.map(formatPolicyError).join('\n')}`);
  if (options.output !== undefined && options.output !== '-')
    await writeFile(options.output, (write) => write(Buffer.from(written)));
  else {
    const output = new Output();
    output.write(safe(written));
    await output.flush();
  }
  for (const { from, to } of outside)
    note(`${name}:${from === to ? from : `${from}-${to}`}: outside of any "sbc" section, not read`);
  for (const { line, text, reason } of notUnderstood)
    note(`${name}:${line === 0 ? '' : `${line}:`} ${text}: ${reason}`);
  if (options.strict && notUnderstood.length > 0) process.exitCode = EXIT.usage;
}

function contentsOf({ adjacencies, cac }: Policy): string {
  const count = (number: number, one: string, many: string): string =>
    `${number} ${number === 1 ? one : many}`;
  return `${count(adjacencies.length, 'adjacency', 'adjacencies')}, ${count(cac.length, 'CAC entry', 'CAC entries')}`;
}

function complain(message: string): void {
  note(message);
  process.exitCode = EXIT.usage;
}

function note(message: string): void {
  process.stderr.write(
    `sipspect: ${message
      .split('\n')
      .map((line) => printable(line))
      .join('\n')}\n`,
  );
}

/** For a terminal; files and programs get the octets as they are. */
function safe(text: string): string {
  if (!process.stdout.isTTY) return text;
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}
