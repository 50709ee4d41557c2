// The key of pseudonyms: of a file, which is made where there is none, or one for this time only.
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { CliError } from '../exit.ts';
import { reasonOf } from '../reason.ts';

/** 32 octets. */
export async function pseudonymKey(path: string | undefined): Promise<Buffer> {
  if (path === undefined) return randomBytes(32);
  try {
    const fresh = `${randomBytes(32).toString('hex')}\n`;
    const text = await readFile(path).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      // Who has the key can find out names by trying them.
      await writeFile(path, fresh, { flag: 'wx', mode: 0o600 });
      return Buffer.from(fresh);
    });
    const secret = text.toString('latin1').trim();
    if (secret.length < SHORTEST)
      throw new CliError(`--key: ${path} holds less than ${SHORTEST} characters: a key is not to be guessed`);
    return createHash('sha256').update(secret, 'latin1').digest();
  } catch (error) {
    if (error instanceof CliError) throw error;
    throw new CliError(`--key: ${path}: ${reasonOf(error as Error)}`);
  }
}

const SHORTEST = 16;
