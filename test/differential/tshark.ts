// What Wireshark's dissectors say of the SIP messages of captures, with settings that make the comparison fair: what can be
// put together is put together. They are asked through sharkd, which comes with tshark: one start for all captures.
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { describeSip, QUOTED, type SipByFrame } from './sip-by-frame.ts';

/** The version, such as `4.0.17`; undefined where there is no tshark. */
export function tsharkVersion(): string | undefined {
  const { stdout } = spawnSync('tshark', ['--version'], { encoding: 'utf8' });
  return /TShark \(Wireshark\) ([\d.]+)/.exec(stdout ?? '')?.[1];
}

/** The version, such as `4.0.17`; undefined where there is no sharkd. */
export function sharkdVersion(): string | undefined {
  const { stdout } = spawnSync('sharkd', ['--version'], { encoding: 'utf8' });
  return /Sharkd \(Wireshark\) ([\d.]+)/.exec(stdout ?? '')?.[1];
}

/** One capture, with options that sharkd does not have. */
export function readWithTshark(path: string, ...options: string[]): SipByFrame {
  const fields = ['frame.number', ...FIELDS.slice(2)].flatMap((field) => ['-e', field]);
  const { stdout } = spawnSync(
    'tshark',
    ['-n', '-r', path, ...options, '-Y', 'sip', '-T', 'fields', ...fields],
    { encoding: 'utf8' },
  );
  const rows = stdout.split('\n').filter((row) => row !== '');
  return new Map(
    rows.map((row) => {
      const [frame, ...lists] = row.split('\t');
      return [Number(frame), describeLists(lists)];
    }),
  );
}

export class Sharkd {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;
  private asked = 0;

  constructor() {
    this.child = spawn('sharkd', ['-'], { stdio: ['pipe', 'pipe', 'ignore'] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  /** Of a capture cut in the middle, what could be read. */
  async read(path: string): Promise<SipByFrame> {
    if (this.asked === 0) for (const name of FAIR) await this.ask('setconf', { name, value: 'TRUE' });
    await this.ask('load', { file: path });
    const frames: SipByFrame = new Map();
    // It keeps what a filter chose for the next capture, too: each has a filter of its own.
    const filter = `sip${' '.repeat(this.asked)}`;
    for (const { num, c } of (await this.ask('frames', { filter, ...COLUMNS })) as ShownFrame[]) {
      const [icmp, icmpv6, ...lists] = c;
      frames.set(num, icmp === '' && icmpv6 === '' ? describeLists(lists) : QUOTED);
    }
    return frames;
  }

  close(): void {
    this.child.stdin.end();
  }

  private async ask(method: string, params: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: ++this.asked, method, params })}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`sharkd ended at ${method} ${JSON.stringify(params)}`);
    const { id, result, error } = JSON.parse(value);
    if (id !== this.asked || result === undefined) throw new Error(`sharkd: ${method}: ${error?.message}`);
    return result;
  }
}

/** The fields of SIP, each with all its values in a frame. */
function describeLists(fields: readonly string[]): string {
  const lists = fields.map((list) => (list === '' ? [] : list.split(',')));
  const [callIds, numbers, cseqMethods, methods, statuses] = lists;
  const cseqs = numbers!.map((number, index) => `${number} ${cseqMethods![index]}`);
  return describeSip({ callIds: callIds!, cseqs, methods: methods!, statuses: statuses! });
}

interface ShownFrame {
  readonly num: number;
  /** The columns; the values of a field that occurs several times are separated by commas. */
  readonly c: readonly string[];
}

const FIELDS = [
  'icmp.type',
  'icmpv6.type',
  'sip.Call-ID',
  'sip.CSeq.seq',
  'sip.CSeq.method',
  'sip.Method',
  'sip.Status-Code',
];
/** All occurrences of each. */
const COLUMNS = Object.fromEntries(FIELDS.map((field, index) => [`column${index}`, `${field}:0`]));
const FAIR = ['tcp.reassemble_out_of_order', 'esp.enable_null_encryption_decode_heuristic'];
