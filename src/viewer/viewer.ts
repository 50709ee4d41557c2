// The viewer: captures in, a full screen that keys drive until the user leaves. Only this loads ink.
import { openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import type { Instance } from 'ink';
import { configPath, readSettings, writeSettings } from './config-file.ts';
import type { Effect, State } from './model/state.ts';
import { Library } from './reading/library.ts';
import { type PageMessage, saveCalls } from './save-calls.ts';
import { colourDepth, isAsciiTerminal } from './terminal/colours.ts';
import { Keyboard } from './terminal/keyboard.ts';
import { giveTerminalBack, takeTerminal } from './terminal/restore.ts';

export interface ViewerOptions {
  readonly captures: readonly string[];
  readonly threaded: boolean;
  /** A message as pages show it, secrets masked. */
  readonly pageMessage: PageMessage;
}

/** Resolves when the user has left. Standard input and output are a terminal. */
export async function runViewer({ captures, threaded, pageMessage }: ViewerOptions): Promise<void> {
  const config = configPath();
  const settings = readSettings(config);
  const news = new News();
  const library = new Library({
    ...{ inputs: captures, threaded, ascii: isAsciiTerminal(process.env) },
    ...{
      customHeader: settings.customHeader,
      aliases: settings.aliases,
      names: settings.names,
      lookEvery: LOOK,
    },
    onChange: (atOnce) => news.tell(atOnce),
  });
  let app: Instance | null = null;
  const leave = (code: number, last = ''): never => {
    // ink first: it draws a last time when the process ends, which must not be on the user's screen.
    try {
      app?.unmount();
    } finally {
      giveTerminalBack();
    }
    process.stderr.write(last);
    process.exit(code);
  };
  process.on('exit', giveTerminalBack);
  for (const [signal, number] of SIGNALS) process.on(signal, () => leave(128 + number));
  process.on('uncaughtException', (error) => leave(CRASHED, `sipspect: ${error.stack ?? error.message}\n`));
  process.stdout.on('resize', () => news.tell(true));
  // Standard input may be a capture: keys come from the terminal itself then.
  const keyboard = new Keyboard(
    process.stdin.isTTY ? process.stdin : new ReadStream(openSync('/dev/tty', 'r')),
  );
  takeTerminal(settings.mouse, keyboard.stream);
  const act = (effect: Effect, state: State, say: (notice: string) => void): void => {
    if (effect.kind === 'quit') app?.unmount();
    else if (effect.kind === 'pause') library.reading.pause(effect.on);
    else if (effect.kind === 'call') library.call(effect.aliases, effect.names);
    else if (effect.kind === 'show-header') void library.reading.show(effect.header);
    else if (effect.kind === 'redraw') {
      app?.clear();
      news.tell(true);
    } else if (effect.kind === 'keep-settings')
      say(kept(config, () => writeSettings(config, effect.settings)));
    else
      void saveCalls(effect, state, library, pageMessage).then(say, (error: Error) =>
        say(`Not saved: ${error.message}`),
      );
  };
  // The captures are read while what draws is loaded.
  void library.reading.read();
  const [{ render }, { createElement }, { App }] = await Promise.all([
    import('ink'),
    import('react'),
    import('./app.ts'),
  ]);
  app = render(
    createElement(App, {
      ...{ world: library, settings, act },
      depth: colourDepth(process.env),
      size: () => ({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }),
      listen: news.listen,
      input: keyboard.listen,
      onDrawn: () => library.drawn(),
    }),
    {
      ...{ alternateScreen: true, incrementalRendering: true, interactive: true },
      ...{ exitOnCtrlC: false, maxFps: 60, patchConsole: false },
      onRender: ({ renderTime }) => {
        news.took = renderTime;
      },
    },
  );
  await app.waitUntilExit();
  library.close();
  leave(0);
}

/** Tells that something is new: a few times a second at most, or at once where somebody waits for it. */
class News {
  private listener: (() => void) | null = null;
  private timer: NodeJS.Timeout | null = null;
  /** How many milliseconds the last drawing took. */
  took = 0;
  private last = 0;

  readonly listen = (onNews: () => void): (() => void) => {
    this.listener = onNews;
    return () => {
      this.listener = null;
    };
  };

  tell(atOnce: boolean): void {
    if (this.listener === null) return;
    if (atOnce) this.draw();
    else {
      const next = this.last + Math.max(PACE, this.took * SHARE);
      this.timer ??= setTimeout(() => this.draw(), Math.max(0, next - performance.now()));
    }
  }

  private draw(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.last = performance.now();
    this.listener?.();
  }
}

function kept(path: string, write: () => void): string {
  try {
    write();
    return `Kept in ${path}`;
  } catch (error) {
    return `Not kept: ${error instanceof Error ? error.message : String(error)}`;
  }
}

const SIGNALS = [
  ['SIGTERM', 15],
  ['SIGHUP', 1],
  ['SIGINT', 2],
] as const;
/** sysexits.h: EX_SOFTWARE. */
const CRASHED = 70;
/** Milliseconds between two looks at files that may grow. */
const LOOK = 300;
/** Milliseconds; and for how many times as long as drawing takes all else goes on before it is drawn again. */
const PACE = 250;
const SHARE = 30;
