// The programs that capture from a network interface: whichever is there and allowed to, as a child of this one.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { CliError } from '../exit.ts';

export interface CaptureOptions {
  /** Name of a network interface, such as `eth0`; `any` is all of them on Linux. */
  readonly interface: string;
  /** What packets to take, as pcap-filter(7) has it. */
  readonly captureFilter?: string | undefined;
}

/** The first of the programs that is there, once it captures into `output`: a pipe, or a file that is open. */
export async function startCapture(options: CaptureOptions, output: 'pipe' | number): Promise<Capture> {
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

/** Ends it; gives how many packets it lost, by its own count. */
export async function endCapture({ child, program, said, closed }: Capture): Promise<number> {
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_END);
  await closed;
  clearTimeout(timer);
  return Number(program.dropped.exec(said())?.[1] ?? 0);
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

/** Why it ended, as it says. */
export function lastWords({ name, begun }: CapturingProgram, said: string): string {
  const lines = said
    .split('\n')
    .filter((line) => line.trim() !== '' && !begun.test(line) && !COUNTS.test(line));
  return (
    lines.findLast((line) => line.startsWith(`${name}: `)) ??
    `${name}: ${lines.at(-1) ?? 'it does not say why'}`
  );
}

export interface Capture {
  readonly child: ChildProcess;
  readonly program: CapturingProgram;
  /** The last it said. */
  readonly said: () => string;
  /** It has ended, and all that it said is here. */
  readonly closed: Promise<void>;
}

export interface CapturingProgram {
  readonly name: string;
  readonly options: (options: CaptureOptions) => string[];
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
      ...['-q', '-i', live.interface, '-w', '-'],
      ...(live.captureFilter === undefined ? [] : ['-f', live.captureFilter]),
    ],
  },
  {
    name: 'tcpdump',
    begun: /^(?:tcpdump: )?listening on /m,
    dropped: /^(\d+) packets? dropped by kernel/m,
    options: (live) => [
      ...['-i', live.interface, '-U', '-s', '0', '-w', '-'],
      ...(live.captureFilter === undefined ? [] : ['--', live.captureFilter]),
    ],
  },
];
/** What both count at their end. */
const COUNTS = /^(?:\d+ packets? |Packets (?:captured|received))/;
const MOST_SAID = 4096;
/** Milliseconds. */
const LONGEST_END = 1000;
