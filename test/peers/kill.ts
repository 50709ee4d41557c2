// `kill -9` of an SBC that has a store, soon after all that it is to keep is there.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { StoredRecord } from '../../src/sbc/stored-record.ts';
import type { Sbc } from './sbc.ts';

/** `count` records of that kind in `sbc.sqlite` of the folder. */
export async function killOnceStored(
  { running }: Sbc,
  folder: string,
  kind: StoredRecord['kind'],
  count: number,
): Promise<void> {
  const store = new DatabaseSync(join(folder, 'sbc.sqlite'), { readOnly: true });
  const records = store.prepare("SELECT count(*) AS count FROM record WHERE key LIKE ? || ' %'");
  await running.until(`${count} × ${kind} in the store`, () => records.get(kind)?.['count'] === count);
  store.close();
  // An ACK may be on its way yet.
  await sleep(300);
  running.child.kill('SIGKILL');
  expect(await running.ended).toBe('SIGKILL');
}

/** Below `inline:` of a policy. */
export const STORE = '  store: sbc.sqlite\n';
