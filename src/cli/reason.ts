// Errors of the operating system as words.

/** Without the system call and the path that Node puts at the end: `ENOENT: no such file or directory`. */
export function reasonOf(error: Error | string): string {
  return (typeof error === 'string' ? error : error.message).replace(/, [a-z]+(?: '.*')?$/s, '');
}
