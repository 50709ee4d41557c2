// Leaves the terminal as it was found, however the program ends: after a key, a signal, or a crash.
import { writeSync } from 'node:fs';
import type { ReadStream } from 'node:tty';

/** What is switched on besides what ink does, and switched off again. */
export function takeTerminal(mouse: boolean, keys: ReadStream): void {
  taken = keys;
  if (mouse) process.stdout.write(MOUSE_ON);
}

/** Written at once: nothing runs after it. Does no harm twice. */
export function giveTerminalBack(): void {
  if (taken?.isRaw === true) taken.setRawMode(false);
  try {
    writeSync(1, MOUSE_OFF + MAIN_SCREEN + CURSOR_ON + PLAIN);
  } catch {
    // The terminal is gone.
  }
}

let taken: ReadStream | null = null;

// xterm: buttons (1000) in the SGR form (1006); the alternate screen (1049); the cursor (DECTCEM, 25).
const MOUSE_ON = '\x1b[?1000h\x1b[?1006h';
const MOUSE_OFF = '\x1b[?1006l\x1b[?1000l';
const MAIN_SCREEN = '\x1b[?1049l';
const CURSOR_ON = '\x1b[?25h';
const PLAIN = '\x1b[0m';
