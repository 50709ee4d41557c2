// The captures beside the project, for tests that compare with them where they are.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../../shared/captures');

export const hasSharedCaptures = existsSync(FOLDER);

/** Behind the name of a test that needs them. */
export const whetherShared = hasSharedCaptures ? '' : ' (SKIPPED: ../shared/captures is not there)';

export interface SharedCapture {
  /** Relative to the folder of captures. */
  readonly name: string;
  readonly path: string;
  /** As the index tells them; undefined for captures that are not in it. */
  readonly format: string | undefined;
  readonly packets: number | undefined;
}

/** Every capture there is, by name. */
export function sharedCaptures(): SharedCapture[] {
  if (!hasSharedCaptures) return [];
  const index = readFileSync(join(FOLDER, 'INDEX.tsv'), 'utf8').trim().split('\n').slice(1);
  const rows = new Map(index.map((line) => line.split('\t')).map((fields) => [fields[0]!, fields]));
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => rows.has(name) || /\.p?cap(ng)?$/.test(name))
    .sort()
    .map((name) => ({
      name: relative(FOLDER, join(FOLDER, name)),
      path: join(FOLDER, name),
      format: rows.get(name)?.[3],
      packets: rows.has(name) ? Number(rows.get(name)![5]) : undefined,
    }));
}
