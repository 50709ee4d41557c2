// What outlives a restart: written in batches, read back, never a reason to fall over.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import { StoreFile } from '../../src/inline/store-file.ts';
import type { StoredRecord } from '../../src/sbc/stored-record.ts';
import { folder } from './scene.ts';

const files = folder();
afterAll(() => files.remove());
const record = (key: string, until: number, more: object = {}): StoredRecord => ({
  ...{ version: 1, kind: 'binding', key, until },
  data: { contact: `sip:${key}@192.0.2.1`, ...more },
});

test('records are there again; those that are over, and those that were forgotten, are not', async () => {
  const path = join(files.path, 'a.sqlite');
  const store = await StoreFile.open(path);
  store.store('a', record('a', 100));
  store.store('b', record('b', 200));
  store.store('c', record('c', 300));
  store.flush();
  store.store('b', null);
  store.store('c', record('c', 300, { again: true }));
  store.store('d', record('d', 50));
  store.store('e', null);
  store.close();
  const again = await StoreFile.open(path);
  expect(again.records(60)).toEqual([record('a', 100), record('c', 300, { again: true })]);
  again.close();
  const third = await StoreFile.open(path);
  expect(third.records(100)).toEqual([record('c', 300, { again: true })]);
  third.close();
});

test('many records go in batches, without a word to wait for', async () => {
  const path = join(files.path, 'many.sqlite');
  const store = await StoreFile.open(path);
  for (let i = 0; i < 5000; i++) store.store(`k${i % 2500}`, record(`k${i % 2500}`, 1000 + i));
  store.close();
  const again = await StoreFile.open(path);
  const records = again.records(0);
  expect([records.length, Math.min(...records.map(({ until }) => until))]).toEqual([2500, 3500]);
  again.close();
});

test('what is no record is left out', async () => {
  const path = join(files.path, 'odd.sqlite');
  (await StoreFile.open(path)).close();
  const database = new DatabaseSync(path);
  const put = database.prepare('INSERT INTO record (key, until, json) VALUES (?, 10, ?)');
  for (const [key, json] of [
    ['1', 'nonsense'],
    ['2', 'null'],
    ['3', '{"key":"3"}'],
    ['4', '{"version":1,"kind":"binding","key":"4","until":10,"data":{}}'],
  ])
    put.run(key!, json!);
  database.close();
  const store = await StoreFile.open(path);
  expect(store.records(0).map(({ key }) => key)).toEqual(['4']);
  store.close();
});

test('a file that is something else, and a place that is not there, are said', async () => {
  const path = join(files.path, 'letter.txt');
  writeFileSync(path, 'Dear Bob, '.repeat(1000));
  await expect(StoreFile.open(path)).rejects.toThrow(
    `${path}: cannot be used as a store: file is not a database`,
  );
  const nowhere = join(files.path, 'no', 'where.sqlite');
  await expect(StoreFile.open(nowhere)).rejects.toThrow(
    `${nowhere}: cannot be used as a store: unable to open database file`,
  );
});

test('a batch that cannot be written is written with the next', async () => {
  const path = join(files.path, 'locked.sqlite');
  const store = await StoreFile.open(path);
  const other = new DatabaseSync(path);
  other.exec('PRAGMA journal_mode = WAL; DROP TABLE record');
  store.store('a', record('a', 10));
  store.flush();
  expect(store.error).toBe('no such table: record');
  other.exec('CREATE TABLE record (key TEXT PRIMARY KEY, until REAL NOT NULL, json TEXT NOT NULL)');
  other.close();
  store.store('b', record('b', 10));
  store.flush();
  expect([store.error, store.records(0).map(({ key }) => key)]).toEqual(['', ['a', 'b']]);
  store.close();
});
