// The real program, run on the built dist: arguments in, both outputs and the exit status out.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll } from 'vitest';

export const ROOT = resolve(import.meta.dirname, '../..');
/** Another build can be tested: SIPSPECT_BIN names its bin/sipspect.cjs. */
export const BIN = process.env.SIPSPECT_BIN ?? join(ROOT, 'bin/sipspect.cjs');

export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

export interface RunOptions {
  /** Octets for standard input; without, it is empty. */
  readonly stdin?: Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Standard output as latin1, so that each octet is a character. */
  readonly octets?: boolean;
  /** Where it runs, when not in the project's root. */
  readonly folder?: string;
}

/** Runs it, in the project's root unless told otherwise: there samples are `samples/…`. */
export async function sipspect(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  const child = start(args, options.env, options.folder);
  child.stdin!.on('error', () => {});
  child.stdin!.end(options.stdin ?? '');
  return ended(child, options.octets ? 'latin1' : 'utf8');
}

/** Starts it with pipes on all three; whoever starts it feeds and reads it. */
export function start(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder = ROOT,
): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { cwd: folder, env: { ...environment(), ...env } });
}

export async function ended(child: ChildProcess, encoding: BufferEncoding = 'utf8'): Promise<Outcome> {
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout!.on('data', (chunk) => output.push(chunk));
  child.stderr!.on('data', (chunk) => errors.push(chunk));
  const status = await new Promise<number | null>((settle, reject) => {
    child.on('error', reject);
    child.on('close', settle);
  });
  return {
    stdout: Buffer.concat(output).toString(encoding),
    stderr: Buffer.concat(errors).toString(),
    status,
  };
}

/** What the tester's own shell says about colour and the like does not reach the program. */
export function environment(): Record<string, string> {
  return { PATH: process.env.PATH ?? '', TERM: 'xterm-256color', LANG: 'C.UTF-8' };
}

/** A folder that is gone after the tests of the file. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-cli-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What a run prints when all is well. */
export function done(stdout: string): Outcome {
  return { stdout, stderr: '', status: 0 };
}

/** What a run that gives up prints. */
export function refused(stderr: string): Outcome {
  return { stdout: '', stderr, status: 2 };
}
