// Ctrl-C while standard input grows: it stops the capturing program in front of the pipe, and what was read is worth
// showing. The first interrupt ends the reading, with the next block or the end of the input; the second ends all.

export class Interruption {
  asked = false;
  readonly #onInterrupt = (): void => {
    this.asked = true;
  };

  constructor() {
    process.once('SIGINT', this.#onInterrupt);
  }

  /** What was to be interrupted is done. */
  end(): void {
    process.off('SIGINT', this.#onInterrupt);
  }
}
