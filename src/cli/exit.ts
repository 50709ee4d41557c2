// Exit codes, and errors that the user can mend: one clear line, no stack.

/** 0 done; 1 findings at or above `--fail-on`; 2 usage, or an input that could not be read at all. */
export const EXIT = { done: 0, findings: 1, usage: 2 } as const;

/** Something the user can mend. `main` prints the message on one line and exits with `code`. */
export class CliError extends Error {
  readonly code: number;

  constructor(message: string, code: number = EXIT.usage) {
    super(message);
    this.code = code;
  }
}
