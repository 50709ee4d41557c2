// Whole ladders compared with files in golden/. UPDATE_GOLDEN=1 writes them anew: look at the difference before committing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';

/** `end` is that of the file's name. */
export function expectGolden(name: string, text: string, end = 'txt'): void {
  const path = join(import.meta.dirname, 'golden', `${name}.${end}`);
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
