// Signals that a server is told by: those that come before it listens for them are held until it does.
export type HeldSignal = (typeof SIGNALS)[number];

export class HeldSignals {
  private held: HeldSignal[] = [];
  private handler: ((signal: HeldSignal) => void) | null = null;
  private readonly came = (signal: NodeJS.Signals): void => {
    const known = SIGNALS.find((one) => one === signal);
    if (known === undefined) return;
    if (this.handler === null) this.held.push(known);
    else this.handler(known);
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.came);
  }

  /** Those that were held come at once. */
  listen(handler: (signal: HeldSignal) => void): void {
    this.handler = handler;
    for (const signal of this.held.splice(0)) handler(signal);
  }

  /** From here on a signal does what it does by itself. */
  release(): void {
    for (const signal of SIGNALS) process.off(signal, this.came);
  }
}

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;
