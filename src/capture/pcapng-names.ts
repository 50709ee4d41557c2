// Name Resolution Blocks: addresses and their names. draft-ietf-opsawg-pcapng §4.5.
import { padded } from './pcapng-option.ts';

/** Calls `onName` with each address of the block body `view[start, end)` and the first of its names. */
export function readNames(
  data: Buffer,
  view: DataView,
  start: number,
  end: number,
  littleEndian: boolean,
  onName: (ip: string, name: string) => void,
): void {
  for (let at = start; at + 4 <= end; ) {
    const type = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    const from = at + 4;
    const to = from + length;
    if (type === RECORD_END || to > end) return;
    if (type === RECORD_IPV4 && length > 4) onName(ipv4(data, from), firstName(data, from + 4, to));
    if (type === RECORD_IPV6 && length > 16) onName(ipv6(view, from), firstName(data, from + 16, to));
    at = from + padded(length);
  }
}

function firstName(data: Buffer, start: number, end: number): string {
  const zero = data.indexOf(0, start);
  return data.toString('utf8', start, zero >= 0 && zero < end ? zero : end);
}

function ipv4(data: Buffer, at: number): string {
  return `${data[at]}.${data[at + 1]}.${data[at + 2]}.${data[at + 3]}`;
}

/** RFC 5952 form, which is the form a URL gives to a host. */
function ipv6(view: DataView, at: number): string {
  const groups: string[] = [];
  for (let i = 0; i < 16; i += 2) groups.push(view.getUint16(at + i).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

const RECORD_END = 0;
const RECORD_IPV4 = 1;
const RECORD_IPV6 = 2;
