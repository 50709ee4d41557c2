// A process of its own that writes a capture piece by piece, as a capturing program does: also half a record at a time.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export class Appender {
  private readonly child: ChildProcessWithoutNullStreams;
  private told: () => void = () => {};

  /** Writes the file `from` to `to`, nothing of it yet. */
  constructor(from: string, to: string) {
    this.child = spawn(process.execPath, ['-e', SCRIPT, from, to]);
    this.child.stdout.on('data', () => this.told());
  }

  /** Resolves once so many octets are there in all. */
  async upTo(octets: number): Promise<void> {
    const done = new Promise<void>((resolve) => {
      this.told = resolve;
    });
    this.child.stdin.write(`${octets}\n`);
    await done;
  }

  end(): void {
    this.child.kill();
  }
}

const SCRIPT = `
const fs = require('node:fs');
const [from, to] = process.argv.slice(1);
const octets = fs.readFileSync(from);
const file = fs.openSync(to, 'w');
let at = 0;
process.stdin.on('data', (line) => {
  const end = Number(line);
  fs.writeSync(file, octets, at, end - at);
  at = end;
  console.log(end);
});
`;
