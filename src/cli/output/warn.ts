// What a user should know of how the work went, in a line on standard error.
import type { Diagnostic } from '../../capture/diagnostic.ts';

export function warn({ message, code }: Pick<Diagnostic, 'code' | 'message'>): void {
  process.stderr.write(`sipspect: warning: ${message} [${code}]\n`);
}
