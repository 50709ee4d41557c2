// A line of things that wait, the longest waiting first. Joining, leaving and looking at the first cost the same however
// many there are; a Set would walk over all that have left before the first.

export interface InLine<T> {
  ahead: T | null;
  behind: T | null;
  inLine: boolean;
}

export class WaitingLine<T extends InLine<T>> {
  first: T | null = null;
  private last: T | null = null;

  /** To the end of the line, from wherever it is. */
  join(one: T): void {
    this.leave(one);
    one.inLine = true;
    one.ahead = this.last;
    if (this.last === null) this.first = one;
    else this.last.behind = one;
    this.last = one;
  }

  leave(one: T): void {
    if (!one.inLine) return;
    if (one.ahead === null) this.first = one.behind;
    else one.ahead.behind = one.behind;
    if (one.behind === null) this.last = one.ahead;
    else one.behind.ahead = one.ahead;
    one.ahead = one.behind = null;
    one.inLine = false;
  }
}
