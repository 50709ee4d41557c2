// Seeds of the fuzzer and what is done to them: octets in, octets out, the same for the same random numbers.
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { wrapMessages } from './wrap.mjs';

/** Captures (samples, and the shared ones where they are) and SIP messages (torture), as octets. */
export function readSeeds() {
  const files = [
    ...globSync('samples/*/*.{pcap,pcapng}{,.gz}', { cwd: ROOT }),
    ...globSync('../shared/captures/**/*.{cap,pcap,pcapng}{,.gz}', { cwd: ROOT }),
  ].sort();
  const captures = files.map((path) => unzipped(readFileSync(resolve(ROOT, path))));
  const torture = globSync('../shared/torture/*/*', { cwd: ROOT }).sort();
  const messages = torture.map((path) => readFileSync(resolve(ROOT, path)));
  return {
    captures: captures.filter((octets) => octets.length <= LARGEST),
    messages: [...messages, ...captures.flatMap(messagesIn).slice(0, MOST_MESSAGES)],
  };
}

/** One case: a mutated capture, or a capture of mutated messages. */
export function makeCase(random, { captures, messages }) {
  if (random.below(2) === 0) {
    const capture = mutate(random, random.of(captures), OCTET_CHANGES, random.of(captures));
    const compress = [gzipSync, zstdCompressSync][random.below(20)];
    if (compress === undefined) return capture;
    return random.below(2) === 0
      ? compress(capture)
      : mutate(random, compress(capture), OCTET_CHANGES, capture);
  }
  const count = 1 + random.below(4);
  const changed = Array.from({ length: count }, () =>
    mutate(random, random.of(messages), [...TEXT_CHANGES, ...OCTET_CHANGES], random.of(messages)),
  );
  const capture = wrapMessages(random, changed);
  return random.below(4) === 0 ? mutate(random, capture, OCTET_CHANGES, random.of(captures)) : capture;
}

function mutate(random, seed, changes, other) {
  let octets = Buffer.from(seed);
  for (let left = 1 + random.below(random.below(8) === 0 ? 40 : 5); left > 0 && octets.length > 0; left--) {
    octets = random.of(changes)(random, octets, other).subarray(0, LARGEST);
  }
  return octets;
}

const OCTET_CHANGES = [
  function flip(random, octets) {
    octets[random.below(octets.length)] ^= 1 << random.below(8);
    return octets;
  },
  function overwrite(random, octets) {
    octets[random.below(octets.length)] = random.of(ODD_OCTETS);
    return octets;
  },
  function number(random, octets) {
    const width = random.of([1, 2, 4]);
    if (octets.length < width) return octets;
    const value = random.of(ODD_NUMBERS) >>> (32 - 8 * width);
    const at = random.below(octets.length - width + 1);
    if (random.below(2) === 0) octets.writeUIntLE(value, at, width);
    else octets.writeUIntBE(value, at, width);
    return octets;
  },
  function truncate(random, octets) {
    return octets.subarray(0, random.below(octets.length + 1));
  },
  function cutOut(random, octets) {
    const [from, to] = span(random, octets);
    return Buffer.concat([octets.subarray(0, from), octets.subarray(to)]);
  },
  function repeat(random, octets) {
    const [from, to] = span(random, octets);
    const times = 1 + random.below(20);
    const copies = Array.from({ length: times }, () => octets.subarray(from, to));
    return Buffer.concat([octets.subarray(0, to), ...copies, octets.subarray(to)]);
  },
  function move(random, octets) {
    const [from, to] = span(random, octets);
    const rest = Buffer.concat([octets.subarray(0, from), octets.subarray(to)]);
    const at = random.below(rest.length + 1);
    return Buffer.concat([rest.subarray(0, at), octets.subarray(from, to), rest.subarray(at)]);
  },
  function noise(random, octets) {
    const [from, to] = span(random, octets);
    for (let at = from; at < to; at++) octets[at] = random.below(256);
    return octets;
  },
  function splice(random, octets, other) {
    const [from, to] = span(random, other);
    const at = random.below(octets.length + 1);
    return Buffer.concat([octets.subarray(0, at), other.subarray(from, to), octets.subarray(at)]);
  },
];

const TEXT_CHANGES = [
  function insertWord(random, octets) {
    const at = random.below(octets.length + 1);
    return Buffer.concat([
      octets.subarray(0, at),
      Buffer.from(random.of(WORDS), 'latin1'),
      octets.subarray(at),
    ]);
  },
  function repeatWord(random, octets) {
    const at = random.below(octets.length + 1);
    const word = Buffer.from(random.of(WORDS).repeat(1 + random.below(3000)), 'latin1');
    return Buffer.concat([octets.subarray(0, at), word, octets.subarray(at)]);
  },
  function lines(random, octets, other) {
    const ours = octets.toString('latin1').split('\r\n');
    const theirs = other.toString('latin1').split('\r\n');
    const at = random.below(ours.length);
    switch (random.below(5)) {
      case 0:
        ours.splice(at, 1);
        break;
      case 1:
        ours.splice(at, 0, ours[random.below(ours.length)]);
        break;
      case 2:
        ours.splice(at, 0, random.of(theirs));
        break;
      case 3:
        ours[at] = `${ours[at].split(/[:=]/, 1)[0]}: ${random.of(WORDS).repeat(random.below(4))}`;
        break;
      default:
        ours.splice(at, 0, ' ');
    }
    return Buffer.from(ours.join(random.of(['\r\n', '\r\n', '\r\n', '\n', '\r'])), 'latin1');
  },
  function numbers(random, octets) {
    const text = octets.toString('latin1');
    const found = [...text.matchAll(/\d+/g)];
    if (found.length === 0) return octets;
    const match = random.of(found);
    const digits = random.of(ODD_DIGITS);
    return Buffer.from(
      text.slice(0, match.index) + digits + text.slice(match.index + match[0].length),
      'latin1',
    );
  },
];

function span(random, octets) {
  const from = random.below(octets.length + 1);
  return [from, Math.min(octets.length, from + random.below(random.of([4, 40, 400, 4000])))];
}

/** The SIP messages of a capture, found by their first words; good enough for seeds. */
function messagesIn(octets) {
  const text = octets.toString('latin1');
  const starts = [...text.matchAll(/(?:[A-Z]+ sips?:[^\r\n]+ SIP\/2\.0|SIP\/2\.0 \d{3} [^\r\n]*)\r\n/g)];
  return starts.slice(0, 6).map(({ index }) => {
    const end = text.indexOf('\r\n\r\n', index);
    return Buffer.from(octets.subarray(index, end < 0 || end - index > 4000 ? index + 600 : end + 404));
  });
}

function unzipped(octets) {
  return octets.length > 1 && octets.readUInt16BE(0) === 0x1f8b ? gunzipSync(octets) : octets;
}

const ROOT = resolve(import.meta.dirname, '../..');
const LARGEST = 400_000;
const MOST_MESSAGES = 400;
const ODD_OCTETS = [0, 1, 9, 10, 13, 32, 34, 44, 58, 59, 60, 62, 64, 92, 0x7f, 0x80, 0xff];
const ODD_NUMBERS = [
  0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0xfffffffe, 0x10000000, 0x00ffff00, 0x05dc05dc,
];
const ODD_DIGITS = [
  '0',
  '-1',
  '4294967295',
  '4294967296',
  '99999999999999999999',
  '1e9',
  '00000000000001',
  '',
];
const WORDS = [
  ...['"', '\\', '<', '>', ';', ',', '=', ':', '@', '%', '%00', '%zz', '?', '&', '[', ']', '(', ')', '*'],
  ...['\0', '\x80', '\xff', '\t', '\r', '\n', '\r\n', '\r\n\r\n', '\r\n ', '\x1b[31m', '\xe2\x80\xae'],
  ...['sip:', 'sips:a@[::1]:5060;lr', 'tel:+1', 'SIP/2.0', 'SIP/2.0/UDP a;branch=z9hG4bK', ';tag=', ';q=1.1'],
  ...[
    'Content-Length: 99999\r\n',
    'l: 0\r\n',
    'Via: ',
    'v:',
    'm=audio 0 RTP/AVP 0\r\n',
    'a=rtpmap:0 ',
    '--b\r\n',
  ],
  ...[
    'Content-Type: multipart/mixed;boundary=b\r\n',
    'Identity: e30.e30.e30;info=<x>\r\n',
    'INVITE sip:a SIP/2.0\r\n',
  ],
];
