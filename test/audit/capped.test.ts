// Tables that forget what is oldest say so: in the coverage of an audit, once for each table.
import { expect, test } from 'vitest';
import { SetAudit } from '../../src/audit/set-audit.ts';
import type { Diagnostic } from '../../src/capture/diagnostic.ts';
import type { MessageInfo } from '../../src/dialog/call.ts';
import { ContactBindings } from '../../src/legs/contact-bindings.ts';
import { MediaStreams } from '../../src/legs/media-streams.ts';
import type { LegTraits } from '../../src/legs/traits.ts';
import type { Endpoint } from '../../src/network/endpoint.ts';
import { OutcomeLedger } from '../../src/network/outcome.ts';
import type { RtpPacket } from '../../src/network/rtp-packet.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { Bindings } from '../../src/rules/facts/bindings.ts';
import { MediaWatch } from '../../src/rules/facts/media-watch.ts';
import type { SipMessage } from '../../src/sip/message.ts';
import { messageOf } from '../../src/sip/parse.ts';

test('an audit says which tables were full', () => {
  const audit = new SetAudit({
    ...{ set: 1, captures: ['a.pcap'], rules: CATALOGUE, policy: EMPTY_POLICY },
    ...{ today: '2026-11-21', minSeverity: 'info', baseline: new Set<string>() },
  });
  const { onMessage } = audit.handlers;
  for (let id = 1; id <= 16_385; id++) onMessage!(register(id), infoOf(id));
  // 500 media lines each: 200,500 addresses.
  for (let id = 1; id <= 401; id++) onMessage!(offer(id, 500), infoOf(20_000 + id));
  const { coverage } = audit.end({ inputs: [], ledger: new OutcomeLedger(), names: new Map() });
  expect([coverage.failures, coverage.damage]).toEqual([
    [],
    [
      {
        ...{ code: 'rules/registrations-capped', severity: 'warning', count: 1 },
        message:
          'More than 16384 REGISTERs are known, and one without an answer was forgotten: a 2xx to it tells less',
      },
      {
        ...{ code: 'rules/media-capped', severity: 'warning', count: 1 },
        message:
          'More than 200000 addresses are watched for media: those asked for longest ago are forgotten',
      },
    ],
  ]);
});

test('registrations', () => {
  const said: Diagnostic[] = [];
  const bindings = new Bindings((one) => said.push(one), { keys: 2, asked: 2 });
  // Answered ones may go: nothing is said of them.
  for (let id = 1; id <= 4; id++) {
    bindings.learn(register(1, id));
    bindings.learn(granted(1, id));
  }
  expect(said).toEqual([]);
  // A refusal is an answer too.
  bindings.learn(register(1, 5));
  bindings.learn(refused(1, 5));
  bindings.learn(register(1, 6));
  bindings.learn(granted(1, 6));
  bindings.learn(register(1, 7));
  bindings.learn(granted(1, 7));
  expect(said).toEqual([]);
  for (let id = 2; id <= 4; id++) {
    bindings.learn(register(id));
    bindings.learn(granted(id));
  }
  for (let id = 5; id <= 9; id++) bindings.learn(register(id));
  expect(said).toEqual([
    {
      ...{ code: 'rules/bindings-capped', severity: 'warning' },
      message:
        'More than 2 users, Contacts or addresses are registered: those seen longest ago are forgotten',
    },
    {
      ...{ code: 'rules/registrations-capped', severity: 'warning' },
      message:
        'More than 2 REGISTERs are known, and one without an answer was forgotten: a 2xx to it tells less',
    },
  ]);
});

test('addresses of media', () => {
  const said: Diagnostic[] = [];
  const watch = new MediaWatch((one) => said.push(one), 4);
  watch.expect(offer(1, 4), infoOf(1));
  expect(said).toEqual([]);
  watch.expect(offer(2, 4), infoOf(2));
  expect([said, watch.of(1, '192.0.2.1', 4000), watch.of(2, '192.0.2.2', 4000)?.to.packets]).toEqual([
    [
      {
        ...{ code: 'rules/media-capped', severity: 'warning' },
        message: 'More than 4 addresses are watched for media: those asked for longest ago are forgotten',
      },
    ],
    undefined,
    0,
  ]);
});

test('streams of media, and Contacts that boxes published', () => {
  const said: Diagnostic[] = [];
  const streams = new MediaStreams((one) => said.push(one), 4);
  for (let id = 1; id <= 4; id++) streams.packet(rtp(id));
  expect(said).toEqual([]);
  for (let id = 5; id <= 9; id++) streams.packet(rtp(id));
  const contacts = new ContactBindings((one) => said.push(one), 2);
  for (let id = 1; id <= 5; id++)
    contacts.learn({ contact: `phone ${id}` } as LegTraits, { contact: `border ${id}` } as LegTraits);
  expect(said).toEqual([
    {
      ...{ code: 'legs/media-capped', severity: 'warning' },
      message: 'More than 8 addresses sent or got RTP: those heard of longest ago are forgotten',
    },
    {
      ...{ code: 'legs/contacts-capped', severity: 'warning' },
      message: 'More than 2 Contacts were published by boxes: the oldest are forgotten',
    },
  ]);
});

function register(user: number, cseq = 1): SipMessage {
  return message(user, `REGISTER sip:example.com SIP/2.0\r\n${headers(user, cseq)}`, true);
}

function granted(user: number, cseq = 1): SipMessage {
  return message(user, `SIP/2.0 200 OK\r\n${headers(user, cseq)}`, false);
}

function refused(user: number, cseq: number): SipMessage {
  return message(user, `SIP/2.0 401 Unauthorized\r\n${headers(user, cseq)}`, false);
}

function headers(user: number, cseq: number): string {
  return (
    `Via: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK${user}.${cseq}\r\nFrom: <sip:u${user}@example.com>;tag=1\r\n` +
    `To: <sip:u${user}@example.com>\r\nCall-ID: ${user}@phone\r\nCSeq: ${cseq} REGISTER\r\nMax-Forwards: 70\r\n` +
    `Contact: <sip:u${user}@${hostOf(user)}>;expires=60\r\nContent-Length: 0\r\n\r\n`
  );
}

function offer(host: number, media: number): SipMessage {
  const lines = Array.from({ length: media }, (_, index) => `m=audio ${4000 + index} RTP/AVP 0\r\n`);
  const body = `v=0\r\nc=IN IP4 ${hostOf(host)}\r\n${lines.join('')}`;
  return message(host, `INVITE sip:b@c SIP/2.0\r\nContent-Type: application/sdp\r\n\r\n${body}`, true);
}

function message(host: number, text: string, away: boolean): SipMessage {
  const one = messageOf(text)!;
  const ends = [endpoint(host, 5060), endpoint(65_000, 5060)] as const;
  [one.src, one.dst] = away ? ends : [ends[1], ends[0]];
  one.seconds = 1_000_000;
  return one;
}

function rtp(id: number): RtpPacket {
  const times = { frame: id, seconds: id, nanoseconds: 0 };
  const rest = { payloadType: 0, sequence: 0, timestamp: 0, ssrc: id };
  return { ...times, ...rest, src: endpoint(2 * id, 4000), dst: endpoint(2 * id + 1, 4000) };
}

function endpoint(host: number, port: number): Endpoint {
  const ip = hostOf(host);
  return { ip, port, text: `${ip}:${port}`, version: 4 };
}

/** `192.0.2.1` is 1. */
function hostOf(host: number): string {
  return `192.0.${2 + (host >> 8)}.${host & 255}`;
}

function infoOf(id: number): MessageInfo {
  return { retransmissionOf: 0, duplicateOf: 0, upstream: -1, call: { id } } as MessageInfo;
}
