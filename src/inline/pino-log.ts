// Structured logs by pino: one JSON object a line, to a file or standard error.
import { open } from 'node:fs/promises';
import type { Log, LogLevel } from './log.ts';

export interface PinoLog extends Log {
  /** All that was written is out. */
  flush(): void;
  /** The file was moved away: a new one is begun. */
  reopen(): void;
}

/** `path` null: standard error. Rejects when the file cannot be had. */
export async function pinoLog(path: string | null, level: LogLevel): Promise<PinoLog> {
  const { pino } = await import('pino');
  // Of a file that it cannot open, pino says so when nobody can mend it any more.
  if (path !== null) await (await open(path, 'a')).close();
  const destination = pino.destination({ dest: path ?? 2, sync: true });
  // A log that cannot be written must not end the calls.
  destination.on('error', () => {});
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return {
    write: (lineLevel, code, fields) => logger[lineLevel]({ code, ...fields }),
    flush() {
      try {
        destination.flushSync();
      } catch {
        // Nothing was waiting, or the file is gone.
      }
    },
    reopen() {
      if (path !== null) destination.reopen();
    },
  };
}
