// What the terminal sends, handed on in whole sequences. ink's own reader leaves out what it has no name for: the mouse.
import type { ReadStream } from 'node:tty';

export class Keyboard {
  readonly stream: ReadStream;
  private held = '';
  private timer: NodeJS.Timeout | null = null;
  private readonly listeners = new Set<(text: string) => void>();

  constructor(stream: ReadStream) {
    this.stream = stream;
    stream.setRawMode(true);
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.take(text));
  }

  readonly listen = (onText: (text: string) => void): (() => void) => {
    this.listeners.add(onText);
    return () => this.listeners.delete(onText);
  };

  private take(text: string): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const all = this.held + text;
    const begun = BEGUN.exec(all)?.[0] ?? '';
    this.held = begun;
    this.tell(all.slice(0, all.length - begun.length));
    // A sequence comes at once; after a while it is the Escape key.
    if (begun !== '')
      this.timer = setTimeout(() => {
        this.held = '';
        this.tell(begun);
      }, WAIT);
  }

  private tell(text: string): void {
    if (text !== '') for (const listener of this.listeners) listener(text);
  }
}

/** The beginning of a control sequence at the end of what came. */
const BEGUN = /\x1b(?:\[[\d;<?[]*|O\d*)?$/;
/** Milliseconds. */
const WAIT = 25;
