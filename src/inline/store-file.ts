// Records that outlive a restart → an SQLite file, through the SQLite that Node brings (22.13 and later). Records are written in
// batches: a crash loses the last fraction of a second, a stop loses nothing.
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoredRecord } from '../sbc/stored-record.ts';

export class StoreFile {
  /** Why the last batch could not be written; '' when it could. */
  error = '';
  private readonly database: DatabaseSync;
  private readonly put: StatementSync;
  private readonly drop: StatementSync;
  /** What is to be written: of a key only the last. */
  private waiting = new Map<string, StoredRecord | null>();
  private timer: NodeJS.Timeout | null = null;

  /** Rejects with words for the user when the file cannot be used, or Node has no SQLite. */
  static async open(path: string): Promise<StoreFile> {
    const sqlite = await loadSqlite();
    let database: DatabaseSync | undefined;
    try {
      database = new sqlite.DatabaseSync(path);
      // What was written is there after a crash of the program; a power cut may cost the last batches, never the file.
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 2000');
      database.exec(
        'CREATE TABLE IF NOT EXISTS record (key TEXT PRIMARY KEY, until REAL NOT NULL, json TEXT NOT NULL)',
      );
      return new StoreFile(database);
    } catch (error) {
      database?.close();
      throw new Error(`${path}: cannot be used as a store: ${(error as Error).message}`);
    }
  }

  private constructor(database: DatabaseSync) {
    this.database = database;
    this.put = database.prepare('INSERT OR REPLACE INTO record (key, until, json) VALUES (?, ?, ?)');
    this.drop = database.prepare('DELETE FROM record WHERE key = ?');
  }

  /** Those that are still worth something at `now`; the others are forgotten. What is no record is left out. */
  records(now: number): readonly StoredRecord[] {
    this.database.prepare('DELETE FROM record WHERE until <= ?').run(now);
    const rows = this.database.prepare('SELECT json FROM record ORDER BY key').all();
    return rows.flatMap(({ json }) => readRecord(String(json)));
  }

  store(key: string, record: StoredRecord | null): void {
    this.waiting.set(key, record);
    if (this.waiting.size >= BATCH) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), SOON);
  }

  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    if (this.waiting.size === 0) return;
    const batch = this.waiting;
    this.waiting = new Map();
    try {
      this.database.exec('BEGIN');
      for (const [key, record] of batch) {
        if (record === null) this.drop.run(key);
        else this.put.run(key, record.until, JSON.stringify(record));
      }
      this.database.exec('COMMIT');
      this.error = '';
    } catch (error) {
      this.error = (error as Error).message;
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      // Tried again with the next batch, as long as there is room; what came later counts.
      if (batch.size <= MOST_WAITING) this.waiting = new Map([...batch, ...this.waiting]);
    }
  }

  close(): void {
    this.flush();
    this.database.close();
  }
}

/** In Node's words SQLite is an experiment, which it says on standard error: not to those who run an SBC. */
async function loadSqlite(): Promise<typeof import('node:sqlite')> {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return await import('node:sqlite');
  } catch {
    throw new Error(
      `a store needs Node 22.13 or later, and this is ${process.version}: leave store out of inline`,
    );
  } finally {
    process.emitWarning = emitWarning;
  }
}

function readRecord(json: string): StoredRecord[] {
  try {
    const value: unknown = JSON.parse(json);
    const isRecord =
      typeof value === 'object' &&
      value !== null &&
      'key' in value &&
      'until' in value &&
      'data' in value &&
      typeof value.data === 'object';
    return isRecord ? [value as StoredRecord] : [];
  } catch {
    return [];
  }
}

const BATCH = 2000;
const MOST_WAITING = 100_000;
/** Milliseconds. */
const SOON = 200;
