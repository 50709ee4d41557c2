// Octets → a file that appears whole or not at all, and may replace one that is being read. Only a regular file is ever
// replaced: a device or a pipe takes the octets as they come.
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { CliError } from '../exit.ts';
import { reasonOf } from '../reason.ts';

/** Gives what `fill` gives. Whatever goes wrong with the file is an error that the user can mend. */
export async function writeFile<Result>(
  path: string,
  fill: (write: (octets: Buffer) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  try {
    const status = await stat(path).catch(() => null);
    if (status === null) return await writeAside(path, 0o666, fill);
    // What a link points to is replaced, not the link.
    if (status.isFile()) return await writeAside(await realpath(path), status.mode & 0o777, fill);
    return await writeTo(path, 'r+', 0o666, fill);
  } catch (error) {
    if (error instanceof Error && 'code' in error && !(error instanceof CliError))
      throw new CliError(`${path}: ${reasonOf(error)}`);
    throw error;
  }
}

/** Resolves when the octets are on their way: they may be used again. */
export function writeStandardOutput(octets: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(Buffer.from(octets), (error) => (error ? reject(error) : resolve()));
  });
}

/** Written beside the wanted name and renamed. */
async function writeAside<Result>(
  path: string,
  mode: number,
  fill: (write: (octets: Buffer) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const aside = `${path}.${process.pid}.part`;
  try {
    const result = await writeTo(aside, 'wx', mode, fill);
    await rename(aside, path);
    return result;
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function writeTo<Result>(
  path: string,
  flags: string,
  mode: number,
  fill: (write: (octets: Buffer) => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const file = await open(path, flags, mode);
  try {
    return await fill((octets) => file.writeFile(octets));
  } finally {
    await file.close();
  }
}
