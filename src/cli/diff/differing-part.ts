// Two values of a field → the words of each that the other has not, without what both begin and end with: `10.0.0.1` and
// `192.0.2.7` of two Via headers.
import { maskedHeader } from '../../diff/header-mask.ts';
import { headerId } from '../../sip/header/header-names.ts';

/** Of what is new with each transaction only where nothing else differs. */
export function differingPart(name: string, one: string, other: string): [string, string] {
  const id = headerId(name);
  const [a, b] = [maskedHeader(id, one, ''), maskedHeader(id, other, '')];
  return a === b ? wordsBetween(one, other) : wordsBetween(a, b);
}

function wordsBetween(one: string, other: string): [string, string] {
  const [a, b] = [one.match(WORDS) ?? [], other.match(WORDS) ?? []];
  const most = Math.min(a.length, b.length);
  let start = 0;
  while (start < most && a[start] === b[start]) start++;
  let end = 0;
  while (end < most - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end).join(''), b.slice(start, b.length - end).join('')];
}

/** Hosts, numbers and names as a whole; what stands between them one by one. */
const WORDS = /[\p{L}\p{N}_.-]+|./gsu;
