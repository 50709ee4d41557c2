// Structured logs: a level, a stable code and fields. What the wire can cause is limited: of one code so many a second, and then
// how many were left out.

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  write(level: LogLevel, code: string, fields?: LogFields): void;
}

export class LimitedLog implements Log {
  private readonly inner: Log;
  private readonly most: number;
  private readonly written = new Map<string, number>();

  /** `most`: lines of one code between two calls of `tick`. */
  constructor(inner: Log, most = 20) {
    this.inner = inner;
    this.most = most;
  }

  write(level: LogLevel, code: string, fields?: LogFields): void {
    const count = (this.written.get(code) ?? 0) + 1;
    this.written.set(code, count);
    if (count <= this.most) this.inner.write(level, code, fields);
  }

  /** Once a second. */
  tick(): void {
    for (const [code, count] of this.written) {
      if (count > this.most)
        this.inner.write('warn', 'inline/log-left-out', { of: code, count: count - this.most });
    }
    this.written.clear();
  }
}

export const NO_LOG: Log = { write() {} };
