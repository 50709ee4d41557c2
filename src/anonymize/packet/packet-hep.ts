// The header of a HEP packet with other addresses; the message in it is none of this file's. What an agent is let in with, and what
// is not known here, stays 0. Rules: as network/hep/hep3.ts and hep-old.ts say.
import { maybeOldHep } from '../../network/hep/hep-old.ts';
import { hep3Length, isHep3 } from '../../network/hep/hep3.ts';
import type { MessageAnonymizer } from '../message/message.ts';
import type { AddressPseudonyms } from '../pseudonym/ip-pseudonym.ts';

/** Writes what is to be kept of the HEP header at `from[at]`, if there is one, to the same places of `to`. */
export function hepHeader(from: Buffer, to: Buffer, at: number, anonymizer: MessageAnonymizer): void {
  if (isHep3(from, at, from.length)) hep3(from, to, at, anonymizer);
  else if (maybeOldHep(from, at, from.length)) oldHep(from, to, at, anonymizer.addresses);
}

/** Where the HEP3 packet begins and ends that holds the message `data[start, end)`; null when that is not told. */
export function hep3Extent(
  data: Buffer,
  start: number,
  end: number,
): readonly [from: number, to: number] | null {
  for (let at = start; at > 0; ) {
    at = data.lastIndexOf('HEP3', at - 1, 'latin1');
    if (at < 0 || start - at > LONGEST) return null;
    const to = at + hep3Length(data, at);
    if (isHep3(data, at, data.length) && to >= end && to <= data.length) return [at, to];
  }
  return null;
}

function hep3(from: Buffer, to: Buffer, at: number, anonymizer: MessageAnonymizer): void {
  from.copy(to, at, at, at + 6);
  for (let chunk = at + 6; chunk + 6 <= from.length; ) {
    from.copy(to, chunk, chunk, chunk + 6);
    const length = from.readUInt16BE(chunk + 4);
    if (length < 6) return;
    if (chunk + length <= from.length)
      value(from, to, from.readUInt32BE(chunk), chunk + 6, length - 6, anonymizer);
    chunk += length;
  }
}

function value(
  from: Buffer,
  to: Buffer,
  type: number,
  at: number,
  length: number,
  anonymizer: MessageAnonymizer,
): void {
  const { addresses } = anonymizer;
  if ((type === 3 || type === 4) && length === 4) addresses.ipv4(from, at, to, at);
  else if ((type === 5 || type === 6) && length === 16) addresses.ipv6(from, at, to, at);
  else if (NUMBERS.has(type)) from.copy(to, at, at, at + length);
  else if (TEXTS.has(type)) anonymizer.text(from.subarray(at, at + length)).copy(to, at);
}

function oldHep(from: Buffer, to: Buffer, at: number, addresses: AddressPseudonyms): void {
  const isVersion6 = from[at + 2] !== 2;
  const size = isVersion6 ? 16 : 4;
  const time = at + 8 + 2 * size;
  from.copy(to, at, at, at + 8);
  for (const address of [at + 8, at + 8 + size]) {
    if (isVersion6) addresses.ipv6(from, address, to, address);
    else addresses.ipv4(from, address, to, address);
  }
  if (from[at] === 2) from.copy(to, time, time, time + 12);
}

/** Chunks of vendor 0: family, protocol, ports, time, type, agent. */
const NUMBERS: ReadonlySet<number> = new Set([1, 2, 7, 8, 9, 10, 11, 12]);
/** The correlation ID, and the agent's name. */
const TEXTS: ReadonlySet<number> = new Set([17, 19]);
/** Octets of chunks before a message: names and identifiers. */
const LONGEST = 4096;
