// `--interface` and `--hep`: packets as they come, from the capturing program that is there, or from agents that mirror them. Verbs read
// them as standard input, and end with Ctrl-C; the viewer follows a file that is gone afterwards, so that it can read again what it shows.
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { readAsInput, STANDARD_INPUT } from '../../capture/source-file.ts';
import { printable } from '../../ladder/printable.ts';
import {
  type CaptureOptions,
  type CapturingProgram,
  endCapture,
  lastWords,
  startCapture,
} from './capturing-program.ts';

export interface LiveOptions extends Partial<CaptureOptions> {
  /** Where agents send what they mirror: a port, or an address and a port. */
  readonly hep?: string;
}

/** Captures so that the path it returns has the packets: standard input's, or that of a file that grows. Rejects with CliError. */
export async function captureLive(
  { interface: name = '', captureFilter, hep }: LiveOptions,
  toFile: boolean,
): Promise<string> {
  if (hep !== undefined) return toFile ? hepToFile(hep) : hepToInput(hep);
  const options = { interface: name, captureFilter };
  return toFile ? interfaceToFile(options) : interfaceToInput(options);
}

async function hepToInput(address: string): Promise<string> {
  const { HepCollector } = await import('./hep-collector.ts');
  const stream = new PassThrough();
  let left = 0;
  const collector = await HepCollector.open(address, (octets) => {
    // Connections end with the collector: that is none of what came.
    if (stream.writableEnded) return false;
    const isTaken = stream.writableLength < MOST_WAITING;
    if (isTaken) stream.write(octets);
    else left++;
    return isTaken;
  });
  const end = (): void => {
    collector.close();
    stream.end();
  };
  process.once('SIGINT', end);
  readAsInput(stream);
  toEnd = async () => {
    end();
    return [left, 'they were read'];
  };
  return STANDARD_INPUT;
}

async function hepToFile(address: string): Promise<string> {
  const [{ HepCollector }, { RecordFile }] = await Promise.all([
    import('./hep-collector.ts'),
    import('../../inline/record-file.ts'),
  ]);
  const [path, remove] = temporary('hep.pcapng');
  try {
    const file = await RecordFile.open(path);
    process.on('exit', remove);
    await HepCollector.open(address, (octets) => file.write(octets));
    file.flush();
    return path;
  } catch (error) {
    remove();
    throw error;
  }
}

async function interfaceToInput(options: CaptureOptions): Promise<string> {
  const capture = await startCapture(options, 'pipe');
  const { child } = capture;
  // Ctrl-C on a terminal reaches both; whoever interrupts this program alone means that one, too. What came until then is read.
  process.once('SIGINT', () => child.kill('SIGINT'));
  process.on('exit', () => child.kill());
  readAsInput(child.stdout as Readable);
  toEnd = async () => [await endCapture(capture), `${capture.program.name} took them`];
  return STANDARD_INPUT;
}

/** Once nothing is read any more: says what could not be taken in time. */
export async function endOfCapture(): Promise<void> {
  const [packets, taker] = (await toEnd?.()) ?? [0];
  if (packets > 0)
    process.stderr.write(
      `sipspect: warning: packets that were not captured, since they came faster than ${taker}: ${packets}\n`,
    );
}

/** Ends the capture; gives how many packets it lost, and what was too slow for them. */
let toEnd: (() => Promise<[packets: number, taker: string]>) | null = null;

/** A file that is not there yet, in a folder of its own, and what removes both. */
function temporary(name: string): [path: string, remove: () => void] {
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-'));
  return [join(folder, name), () => rmSync(folder, { recursive: true, force: true })];
}

async function interfaceToFile(options: CaptureOptions): Promise<string> {
  const [path, remove] = temporary(`${options.interface.replace(/[^\w.-]/g, '_')}.pcap`);
  const file = openSync(path, 'wx', 0o600);
  try {
    const { child, program, said } = await startCapture(options, file);
    process.on('exit', () => {
      child.kill();
      remove();
    });
    // Said when the screen is the user's own again: whoever draws on it has given it back by then.
    child.on('close', () => process.on('exit', () => sayEnded(program, said())));
    return path;
  } catch (error) {
    remove();
    throw error;
  } finally {
    closeSync(file);
  }
}

function sayEnded(program: CapturingProgram, said: string): void {
  process.stderr.write(`sipspect: the capture had ended before: ${printable(lastWords(program, said))}\n`);
}

/** Octets of packets that nothing has read yet. */
const MOST_WAITING = 64 << 20;
