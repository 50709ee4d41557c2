// Files of policies and configurations → octets, and policies; what the user can mend is one error.
import { type FileHandle, open } from 'node:fs/promises';
import type { Policy } from '../../policy/policy.ts';
import { CliError } from '../exit.ts';
import { reasonOf } from '../reason.ts';

/** The policy in a file, `-` being standard input. Throws every error that the file has, each with its place. */
export async function readPolicy(path: string): Promise<Policy> {
  const { parsePolicy } = await import('../../policy/parse-policy.ts');
  const { formatPolicyError } = await import('../../policy/policy-error.ts');
  const parsed = parsePolicy(await readOctets(path), nameOf(path));
  if (parsed.policy !== undefined) return parsed.policy;
  throw new CliError(parsed.errors.map(formatPolicyError).join('\n'));
}

/** The whole file, as far as anything of its kind is long. */
export async function readOctets(path: string): Promise<Buffer> {
  let file: FileHandle | undefined;
  try {
    if (path !== '-') file = await open(path);
    const input: AsyncIterable<Buffer> = file?.createReadStream({ autoClose: false }) ?? process.stdin;
    const blocks: Buffer[] = [];
    let length = 0;
    for await (const block of input) {
      blocks.push(block);
      length += block.length;
      if (length > MOST_OCTETS) throw new CliError(`${nameOf(path)}: larger than ${MOST_OCTETS >> 20} MiB`);
    }
    return Buffer.concat(blocks);
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof CliError))
      throw new CliError(`${path}: ${reasonOf(error)}`);
    throw error;
  } finally {
    await file?.close();
  }
}

export function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}

const MOST_OCTETS = 16 << 20;
