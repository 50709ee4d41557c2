// What tshark says of the SIP messages of a capture, with settings that make the comparison fair: what it can put together
// is put together, nothing is looked up.
import { execFile, spawnSync } from 'node:child_process';
import { describeSip, QUOTED, type SipByFrame } from './sip-by-frame.ts';

/** The version, such as `4.0.17`; undefined where there is no tshark. */
export function tsharkVersion(): string | undefined {
  const { stdout } = spawnSync('tshark', ['--version'], { encoding: 'utf8' });
  return /TShark \(Wireshark\) ([\d.]+)/.exec(stdout ?? '')?.[1];
}

export async function readWithTshark(path: string): Promise<SipByFrame> {
  const frames: SipByFrame = new Map();
  for (const line of (await run(path)).split('\n')) {
    if (line === '') continue;
    const [frame, icmp, icmpv6, ...lists] = line.split('\t');
    const [callIds, numbers, cseqMethods, methods, statuses] = lists.map((list) =>
      list === '' ? [] : list.split(LIST_SEPARATOR),
    );
    const cseqs = numbers!.map((number, index) => `${number} ${cseqMethods![index]}`);
    const fields = { callIds: callIds!, cseqs, methods: methods!, statuses: statuses! };
    frames.set(Number(frame), icmp === '' && icmpv6 === '' ? describeSip(fields) : QUOTED);
  }
  return frames;
}

function run(path: string): Promise<string> {
  const fields = FIELDS.flatMap((field) => ['-e', field]);
  const options = [...FAIR, '-Y', 'sip', '-T', 'fields', ...FORMAT, ...fields];
  return new Promise((done, failed) => {
    execFile('tshark', ['-r', path, '-n', ...options], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      // A capture cut in the middle makes tshark exit with 2, after it printed what it could read.
      if (error !== null && !/cut short/.test(stderr)) failed(error);
      else done(stdout);
    });
  });
}

const LIST_SEPARATOR = '\x1f';
const FORMAT = ['-E', 'occurrence=a', '-E', `aggregator=${LIST_SEPARATOR}`];
const FIELDS = [
  'frame.number',
  'icmp.type',
  'icmpv6.type',
  'sip.Call-ID',
  'sip.CSeq.seq',
  'sip.CSeq.method',
  'sip.Method',
  'sip.Status-Code',
];
const FAIR = [
  ['-o', 'tcp.reassemble_out_of_order:TRUE'],
  ['-o', 'esp.enable_null_encryption_decode_heuristic:TRUE'],
].flat();
