// A table that is full forgets what is oldest in it, and says so: once, however often it happens.
import type { DiagnosticSink } from './diagnostic.ts';

export class CapNotice {
  private readonly sink: DiagnosticSink | undefined;
  private readonly code: string;
  private readonly message: string;
  private said = false;

  constructor(sink: DiagnosticSink | undefined, code: string, message: string) {
    this.sink = sink;
    this.code = code;
    this.message = message;
  }

  say(): void {
    if (this.said) return;
    this.said = true;
    this.sink?.({ code: this.code, severity: 'warning', message: this.message });
  }
}
