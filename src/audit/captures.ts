// What the user named → captures: files as they are, folders with all captures under them, patterns for names.
import { readdir, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Packet } from '../capture/packet.ts';
import { type CaptureFormat, CaptureReader, isSecrets } from '../capture/reader.ts';
import { openCapture } from '../capture/source-compression.ts';
import { matchesGlob } from '../policy/glob.ts';

/**
 * Paths in the order named, those of one name sorted. A folder gives the files that are captures by their content; a name with `*`
 * or `?` that no file has gives what matches it (`**` any number of folders). What matches nothing stays as it is named.
 */
export async function findCaptures(names: readonly string[]): Promise<string[]> {
  const paths: string[] = [];
  for (const name of names) paths.push(...(await capturesOf(name)));
  return [...new Set(paths)];
}

async function capturesOf(name: string): Promise<string[]> {
  if (name === '-') return [name];
  const status = await stat(name).catch(() => null);
  if (status?.isDirectory()) return capturesIn(name);
  if (status !== null || !/[*?]/.test(name)) return [name];
  const found: string[] = [];
  for (const path of await matchingPaths(name)) {
    const isFolder = (await stat(path).catch(() => null))?.isDirectory() === true;
    found.push(...(isFolder ? await capturesIn(path) : [path]));
  }
  return found.length > 0 ? found : [name];
}

/** All captures under a folder, at any depth. Links to folders are not followed. */
async function capturesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name));
  const found: string[] = [];
  for (const path of paths.sort(inOrder)) if (await isCapture(path)) found.push(path);
  return found;
}

/** Which of them are secrets: they are for all captures, not one themselves. */
export async function secretsAmong(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) if (path !== '-' && isSecrets(await formatOf(path))) found.push(path);
  return found;
}

/** A file that cannot be opened counts as one: that is said when it is read. */
async function isCapture(path: string): Promise<boolean> {
  const status = await stat(path).catch(() => null);
  if (status === null || !status.isFile()) return false;
  const format = await formatOf(path);
  return format === undefined || format === 'pcap' || format === 'pcapng';
}

/** By its first octets; undefined when it cannot be opened. */
async function formatOf(path: string): Promise<CaptureFormat | undefined> {
  const reader = new CaptureReader({ source: 0, onDiagnostic: () => {} });
  try {
    const source = await openCapture(path, BLOCK, () => {});
    try {
      const first = await source.read();
      if (first === null) return 'unknown';
      reader.push(first);
      // A key log may be shorter than what is looked at of it.
      if (first.length < BLOCK) reader.end();
      reader.next(new Packet());
    } finally {
      await source.close();
    }
  } catch {
    return undefined;
  }
  return reader.format ?? 'unknown';
}

async function matchingPaths(pattern: string): Promise<string[]> {
  const parts = pattern.split(/[/\\]/);
  let bases = [pattern.startsWith('/') ? '/' : ''];
  for (const part of parts.filter((part, index) => part !== '' || index > 0)) {
    const next: string[] = [];
    for (const base of bases) next.push(...(await matchesUnder(base, part)));
    bases = [...new Set(next)];
  }
  return bases.sort(inOrder);
}

/** One part of a pattern, under a folder that matched the parts before it. */
async function matchesUnder(base: string, part: string): Promise<string[]> {
  const path = (name: string): string =>
    base === '' || base.endsWith(sep) ? `${base}${name}` : join(base, name);
  if (!/[*?]/.test(part)) return (await stat(path(part)).catch(() => null)) === null ? [] : [path(part)];
  const list = (options: { recursive: boolean }) =>
    readdir(base === '' ? '.' : base, { withFileTypes: true, ...options }).catch(() => []);
  if (part === '**') {
    const folders = (await list({ recursive: true })).filter((entry) => entry.isDirectory());
    return [base, ...folders.map(({ parentPath, name }) => join(parentPath, name))];
  }
  const entries = await list({ recursive: false });
  // As shells do: a name that begins with a dot is matched only by a pattern that does.
  return entries
    .filter(({ name }) => matchesGlob(part, name) && name.startsWith('.') === part.startsWith('.'))
    .map(({ name }) => path(name));
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const BLOCK = 64 * 1024;
