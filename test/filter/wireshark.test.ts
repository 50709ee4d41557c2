// The names and values of our fields, against those of the tshark that is installed.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Facts, type Value } from '../../src/filter/field.ts';
import { FIELDS } from '../../src/filter/field-registry.ts';
import { parseFilter } from '../../src/filter/filter.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';

const HAS_TSHARK = spawnSync('tshark', ['--version']).status === 0;
const CAPTURES = '../shared/captures';
const FILES = [
  'irontec__sngrep/ipv6frag.pcap',
  'goffinet__sip_captures/sip-routing-error-wireshark.pcapng',
  'goffinet__sip_captures/sip-register-dns-srv.pcapng',
  'goffinet__sip_captures/sip-2phones-B2BUA-Asterisk.pcapng',
].map((name) => `${CAPTURES}/${name}`);
const READABLE = HAS_TSHARK && FILES.every((file) => existsSync(file));

test.skipIf(!HAS_TSHARK)('every field that is not our own is one of Wireshark’s', () => {
  const known = knownToTshark();
  const ours = FIELDS.filter(({ name }) => !OWN.test(name) && !HEP.test(name)).map(({ name }) => name);
  expect(ours.filter((name) => !known.has(name))).toEqual(HEADERS_UNKNOWN_TO_WIRESHARK);
  expect(ours.filter((name) => name.startsWith('sip.')).length).toBeGreaterThan(230);
  expect(ours.filter((name) => name.startsWith('sdp.')).length).toBeGreaterThan(45);
});

// Once it has one, its names are to be looked at.
test.skipIf(!HAS_TSHARK)('Wireshark has no dissector for HEP', () => {
  expect([...knownToTshark()].filter((name) => HEP.test(name))).toEqual([]);
});

test.skipIf(!READABLE)('fields have Wireshark’s values, except where said', () => {
  const known = knownToTshark();
  const fields = FIELDS.filter(
    ({ name, type }) =>
      /^s[id]p\./.test(name) && known.has(name) && type !== 'presence' && !(name in DIFFERENT),
  );
  const seen = new Set<string>();
  const different: unknown[] = [];
  for (const { frame, message, cells } of messagesOf(
    FILES,
    fields.map(({ name }) => name),
  )) {
    for (const [index, field] of fields.entries()) {
      const mine = values(field.name, message);
      if (mine.length > 0) seen.add(field.name);
      if (JSON.stringify(mine) !== JSON.stringify(cells[index]))
        different.push([frame, field.name, mine, cells[index]]);
    }
  }
  expect(different).toEqual([]);
  expect(seen.size).toBeGreaterThan(60);
});

test
  .skipIf(!READABLE)
  .each([
    'sip.Method == "INVITE" or sip.Status-Code ge 400',
    'sip.Method != "REGISTER" && sip.Via.transport',
    'not sip.Method != "REGISTER"',
    'sip.CSeq.seq in {1, 100..103} and not sip.CSeq.method in {"REGISTER", "ACK"}',
    'sip.from.user matches "^TELEPHONE[0-9]$" and sip.User-Agent contains "Linphone"',
    'count(sip.Via.branch) > 1 || len(sip.Call-ID) < 12 || lower(sip.Method) == "bye"',
    'sip || sdp && sip.Method == "X"',
    'all sip.Via.sent-by.port > 5000',
    'sip.Contact && sip.Expires !== 3600',
  ])('tshark picks the same packets: %s', (text) => {
  const filter = parseFilter(text);
  messages ??= messagesOf(FILES.slice(3), []);
  const mine = messages.filter(({ message }) => filter.message(message)).map(({ frame }) => frame);
  const theirs = tshark(
    '-r',
    FILES[3],
    '-Y',
    `(${BASE}) and (${text})`,
    '-T',
    'fields',
    '-e',
    'frame.number',
  ).map(Number);
  expect(mine).toEqual(theirs.filter((frame) => messages?.some((one) => one.frame === frame)));
});

let messages: readonly Dissected[] | undefined;
let names: ReadonlySet<string> | undefined;

/** Names of all its fields. */
function knownToTshark(): ReadonlySet<string> {
  names ??= new Set(tshark('-G', 'fields').map((line) => line.split('\t')[2]!));
  return names;
}

interface Dissected {
  readonly frame: number;
  readonly message: SipMessage;
  /** Tshark's values of each field asked for. */
  readonly cells: readonly (readonly string[])[];
}

/** The messages of datagrams, one a datagram, with what tshark says of them. */
function messagesOf(files: readonly string[], names: readonly string[]): Dissected[] {
  const wanted = ['frame.number', 'udp.payload', ...names].flatMap((name) => ['-e', name]);
  return files.flatMap((file) =>
    tshark(
      '-r',
      file,
      '-Y',
      BASE,
      '-T',
      'fields',
      '-E',
      'separator=/t',
      '-E',
      'aggregator=\x1f',
      ...wanted,
    ).flatMap((line) => {
      const [frame, payload, ...cells] = line.split('\t');
      const message = messageOf(Buffer.from(payload, 'hex'));
      if (message === null || cells.length !== names.length) return [];
      return [
        {
          frame: Number(frame),
          message,
          cells: cells.map((cell) => (cell === '' ? [] : cell.split('\x1f'))),
        },
      ];
    }),
  );
}

function values(name: string, message: SipMessage): string[] {
  const facts = new Facts();
  facts.set(null, message, null, null);
  const out: Value[] = [];
  FIELDS.find((field) => field.name === name)?.read(facts, out);
  return out.map(String);
}

function tshark(...options: string[]): string[] {
  const printed = execFileSync('tshark', options, {
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return printed
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

const BASE = 'sip and udp and not icmp';

const OWN = /^(?:call|packet|message|addr|port)\b|^sdp\.(?:codec|direction|im)$/;

/** Of SIPCAPTURE's plugin: `hep3.capture_id`. */
const HEP = /^hep\d?(?:\.|$)/;

/** Registered with IANA, or met often, but not in tshark 4.0. */
const HEADERS_UNKNOWN_TO_WIRESHARK = [
  'sip.AlertMsg-Error',
  'sip.Content-ID',
  'sip.DC-Info',
  'sip.Encryption',
  'sip.Hide',
  'sip.P-Private-Network-Indication',
  'sip.Priority-Verstat',
  'sip.Refer-Events-At',
  'sip.Remote-Party-ID',
  'sip.Response-Key',
  'sip.Content-Transfer-Encoding',
  'sip.Content-Description',
];

/** Field → how its values differ. */
const DIFFERENT: Readonly<Record<string, string>> = {
  'sip.msg_hdr': 'tshark prints line ends as \\r\\n; ours is the text',
  'sip.msg_body': 'a label in tshark; ours is the text',
  'sip.tag': 'tshark gives the tags in the order of the headers, ours From first',
  'sip.Via.rport': 'tshark gives the word rport when there is no value',
  'sip.r-uri.param': 'tshark leaves out parameters of the Request-URI',
  'sip.resend': 'needs the correlator',
  'sip.resend-original': 'needs the correlator',
  'sip.response-time': 'needs the correlator',
  'sip.auth': 'tshark gives the whole line with the header name',
  'sip.auth.realm': 'tshark keeps quotes',
  'sip.auth.nonce': 'tshark keeps quotes',
  'sip.auth.digest.response': 'tshark keeps quotes',
  'sip.auth.username': 'tshark keeps quotes',
  'sip.auth.uri': 'tshark keeps quotes',
  'sip.auth.opaque': 'tshark keeps quotes',
  'sip.auth.cnonce': 'tshark keeps quotes',
  'sip.auth.qop': 'tshark keeps quotes',
  'sip.auth.domain': 'tshark keeps quotes',
  'sip.display.info': 'tshark keeps quotes',
  'sip.from.display.info': 'tshark keeps quotes',
  'sip.to.display.info': 'tshark keeps quotes',
  'sip.contact.display.info': 'tshark keeps quotes',
  'sip.pai.display.info': 'tshark keeps quotes',
  'sip.contact.parameter': 'tshark keeps quotes, and the line end',
  'sip.reason_protocols': 'tshark keeps the blank before the semicolon',
  'sip.reason_cause_q850': 'tshark takes "Q.850 ;" for another protocol',
  'sip.reason_cause_other': 'tshark takes "Q.850 ;" for another protocol',
  'sdp.media.format': 'tshark names payload types in its own words; ours are the numbers (names: sdp.codec)',
  'sdp.media_attribute.field': 'tshark leaves out attributes without a value',
  'sdp.media_attribute.value': 'tshark leaves out values that it takes apart',
};
