// `--interface` and `--hep`: packets as they come, from the capturing program that is there, or from agents that mirror them. Verbs read
// them as standard input, and end with Ctrl-C; the viewer follows a file that is gone afterwards, so that it can read again what it shows.
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { readAsInput, STANDARD_INPUT } from '../capture/source-file.ts';
import { printable } from '../ladder/printable.ts';
import { CliError } from './exit.ts';

export interface LiveOptions {
  /** Name of a network interface, such as `eth0`; `any` is all of them on Linux. */
  readonly interface?: string;
  /** What packets to take, as pcap-filter(7) has it. */
  readonly captureFilter?: string;
  /** Where agents send what they mirror: a port, or an address and a port. */
  readonly hep?: string;
}

/** Captures so that the path it returns has the packets: standard input's, or that of a file that grows. Rejects with CliError. */
export async function captureLive(options: LiveOptions, toFile: boolean): Promise<string> {
  if (options.hep !== undefined) return toFile ? hepToFile(options.hep) : hepToInput(options.hep);
  return toFile ? toGrowingFile(options) : toStandardInput(options);
}

async function hepToInput(address: string): Promise<string> {
  const { HepCollector } = await import('./hep-collector.ts');
  const stream = new PassThrough();
  let left = 0;
  const collector = await HepCollector.open(address, (octets) => {
    const isTaken = !stream.writableEnded && stream.writableLength < MOST_WAITING;
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
    import('../inline/record-file.ts'),
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

async function toStandardInput(options: LiveOptions): Promise<string> {
  const capture = await started(options, 'pipe');
  const { child } = capture;
  // Ctrl-C on a terminal reaches both; whoever interrupts this program alone means that one, too. What came until then is read.
  process.once('SIGINT', () => child.kill('SIGINT'));
  process.on('exit', () => child.kill());
  readAsInput(child.stdout as Readable);
  toEnd = () => endOf(capture);
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

async function endOf({ child, program, said, closed }: Capture): Promise<[number, string]> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_END);
  await closed;
  clearTimeout(timer);
  return [Number(program.dropped.exec(said())?.[1] ?? 0), `${program.name} took them`];
}

/** A file that is not there yet, in a folder of its own, and what removes both. */
function temporary(name: string): [path: string, remove: () => void] {
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-'));
  return [join(folder, name), () => rmSync(folder, { recursive: true, force: true })];
}

async function toGrowingFile(options: LiveOptions): Promise<string> {
  const [path, remove] = temporary(`${(options.interface ?? '').replace(/[^\w.-]/g, '_')}.pcap`);
  const file = openSync(path, 'wx', 0o600);
  try {
    const { child, program, said } = await started(options, file);
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

/** The first of the programs that is there, once it captures into `output`: a pipe, or a file that is open. */
async function started(options: LiveOptions, output: 'pipe' | number): Promise<Capture> {
  for (const program of process.getuid?.() === 0 ? PROGRAMS.toReversed() : PROGRAMS) {
    const child = spawn(program.name, program.options(options), { stdio: ['ignore', output, 'pipe'] });
    const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
    let said = '';
    child.stderr!.on('data', (octets: Buffer) => {
      said = (said + octets).slice(-MOST_SAID);
    });
    if (await captures(child, program, () => said)) {
      // It is to go on for as long as something reads.
      child.unref();
      (child.stderr as Readable & { unref(): void }).unref();
      return { child, program, said: () => said, closed };
    }
  }
  throw new CliError('--interface takes dumpcap (of Wireshark) or tcpdump to capture: neither is there');
}

/** False when there is no such program, or not for this user. */
function captures(child: ChildProcess, program: CapturingProgram, said: () => string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    child.on('error', () => resolve(false));
    child.on('close', () => reject(new CliError(lastWords(program, said()))));
    child.stderr!.on('data', () => {
      if (program.begun.test(said())) resolve(true);
    });
  });
}

function sayEnded(program: CapturingProgram, said: string): void {
  process.stderr.write(`sipspect: the capture had ended before: ${printable(lastWords(program, said))}\n`);
}

/** Why it ended, as it says. */
function lastWords({ name, begun }: CapturingProgram, said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => line.trim() !== '' && !begun.test(line) && !COUNTS.test(line));
  return (
    lines.findLast((line) => line.startsWith(`${name}: `)) ??
    `${name}: ${lines.at(-1) ?? 'it does not say why'}`
  );
}

interface Capture {
  readonly child: ChildProcess;
  readonly program: CapturingProgram;
  /** The last it said. */
  readonly said: () => string;
  /** It has ended, and all that it said is here. */
  readonly closed: Promise<void>;
}

interface CapturingProgram {
  readonly name: string;
  readonly options: (options: LiveOptions) => string[];
  /** What it says once it captures. */
  readonly begun: RegExp;
  /** What it says at its end, with the packets that it lost. */
  readonly dropped: RegExp;
}

/** Each packet is to be written at once. Where Wireshark may be used by others than root, dumpcap may, and tcpdump not. */
const PROGRAMS: readonly CapturingProgram[] = [
  {
    name: 'dumpcap',
    begun: /^File: /m,
    dropped: /^Packets received\/dropped on interface .*: \d+\/(\d+) /m,
    options: (live) => [
      ...['-q', '-i', live.interface ?? '', '-w', '-'],
      ...(live.captureFilter === undefined ? [] : ['-f', live.captureFilter]),
    ],
  },
  {
    name: 'tcpdump',
    begun: /^(?:tcpdump: )?listening on /m,
    dropped: /^(\d+) packets? dropped by kernel/m,
    options: (live) => [
      ...['-i', live.interface ?? '', '-U', '-s', '0', '-w', '-'],
      ...(live.captureFilter === undefined ? [] : ['--', live.captureFilter]),
    ],
  },
];
/** What both count at their end. */
const COUNTS = /^(?:\d+ packets? |Packets (?:captured|received))/;
const MOST_SAID = 4096;
/** Octets of packets that nothing has read yet. */
const MOST_WAITING = 64 << 20;
/** Milliseconds. */
const LONGEST_END = 1000;
