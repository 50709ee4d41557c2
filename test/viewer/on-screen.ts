// The viewer's application without a terminal: a capture and keys in, frames of plain text out.
import { render } from 'ink-testing-library';
import { createElement } from 'react';
import { App } from '../../src/viewer/app.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/viewer/model/settings.ts';
import type { Effect, State } from '../../src/viewer/model/state.ts';
import { Library } from '../../src/viewer/reading/library.ts';

// Without it, ink asks the program tput for the size with every frame: a third of the time of these tests.
process.env['COLUMNS'] ??= '100';
process.env['LINES'] ??= '24';

export interface OnScreen {
  /** What a terminal sends, one after the other; resolves when all that they set going is done. */
  press(...inputs: string[]): Promise<void>;
  /** Resolves once that is so; looked at again and again. */
  until(isSo: () => boolean): Promise<void>;
  /** What is on the screen, without blanks at the ends of lines. */
  frame(): string;
  /** The same as it is written. */
  raw(): string;
  readonly effects: Effect[];
  readonly library: Library;
  end(): void;
}

export interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly ascii?: boolean;
  readonly settings?: Partial<Settings>;
  /** Files that grow are read on: looked at each so many milliseconds. */
  readonly lookEvery?: number;
}

export async function onScreen(captures: readonly string[], options: ScreenOptions = {}): Promise<OnScreen> {
  const { columns = 80, rows = 24, ascii = false, lookEvery } = options;
  const effects: Effect[] = [];
  let news = (): void => {};
  let type = (_: string): void => {};
  let drawn = 0;
  const library = new Library({
    ...{
      inputs: captures,
      threaded: false,
      customHeader: '',
      aliases: [],
      ascii,
      ...(lookEvery !== undefined && { lookEvery }),
    },
    onChange: () => news(),
  });
  const app = render(
    createElement(App, {
      world: library,
      settings: { ...DEFAULT_SETTINGS, ...options.settings },
      depth: 0 as const,
      size: () => ({ columns, rows }),
      listen: (onNews: () => void) => {
        news = onNews;
        return () => {};
      },
      input: (onText: (text: string) => void) => {
        type = onText;
        return () => {};
      },
      act: (effect: Effect, _: State) => {
        effects.push(effect);
        if (effect.kind === 'call') library.call(effect.aliases, effect.names);
        if (effect.kind === 'show-header') void library.reading.show(effect.header);
      },
      onDrawn: () => {
        drawn++;
        library.drawn();
      },
    }),
  );
  const settled = async (): Promise<void> => {
    // What a frame asks for may set the next thing going.
    do {
      const before = drawn;
      news();
      while (drawn === before) await new Promise((resolve) => setImmediate(resolve));
      while (!library.idle) await new Promise((resolve) => setImmediate(resolve));
    } while (library.seen !== library.version);
  };
  await library.reading.read();
  await settled();
  return {
    effects,
    library,
    async press(...inputs) {
      for (const input of inputs) {
        type(input);
        await settled();
      }
    },
    async until(isSo) {
      while (!isSo()) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        await settled();
      }
    },
    frame: () => plain(app.lastFrame() ?? ''),
    raw: () => app.lastFrame() ?? '',
    end() {
      library.close();
      app.unmount();
    },
  };
}

function plain(frame: string): string {
  return frame
    .replace(/\x1b\[[\d;]*m/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

export const KEY = {
  ...{ enter: '\r', escape: '\x1b', down: '\x1b[B', up: '\x1b[A', right: '\x1b[C', left: '\x1b[D' },
  ...{
    f1: '\x1bOP',
    f2: '\x1bOQ',
    f3: '\x1bOR',
    f4: '\x1bOS',
    f7: '\x1b[18~',
    f8: '\x1b[19~',
    f10: '\x1b[21~',
  },
  ...{ end: '\x1b[F', home: '\x1b[H', pageDown: '\x1b[6~' },
} as const;
