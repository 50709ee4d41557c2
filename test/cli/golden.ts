// Whole outputs compared with files in golden/. UPDATE_GOLDEN=1 writes them anew, which is needed when samples were
// recorded again: look at the difference before committing.
import { mkdirSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';

const FOLDER = join(import.meta.dirname, 'golden');

/** `name` with its extension. */
export async function expectGolden(name: string, text: string): Promise<void> {
  const path = join(FOLDER, name);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
  }
  expect(text).toBe(await readFile(path, 'utf8'));
}
