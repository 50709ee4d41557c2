// The JSON of calls and messages: the documented object, and the fast text equal to it for whatever the wire holds.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { Correlator } from '../../src/dialog/correlator.ts';
import { callRecord } from '../../src/dialog/record/call-record.ts';
import { writeCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import { JsonText } from '../../src/dialog/record/json-text.ts';
import { messageRecord, writeMessageRecord } from '../../src/dialog/record/message-record.ts';
import { callOf, messagesOf, play } from './scenario.ts';

test('a call', () => {
  const call = callOf(`0 A>B INVITE sdp=audio
    180 B>A 180
    2000 B>A 486 | Reason: Q.850;cause=17;text="User busy"`);
  expect(callRecord(call)).toEqual({
    v: 1,
    id: 1,
    kind: 'call',
    callId: 'call-1',
    method: 'INVITE',
    from: 'sip:alice@example.com',
    to: 'sip:bob@example.com',
    src: '10.0.0.1:5060',
    dst: '10.0.0.2:5060',
    transport: 'udp',
    start: '2026-11-21T03:40:00.000000000Z',
    end: '2026-11-21T03:40:02.000000000Z',
    state: 'busy',
    cause: {
      by: 'callee',
      endpoint: '10.0.0.2:5060',
      method: 'INVITE',
      status: 486,
      reason: 'Busy Here',
      frame: 3,
      reasons: [{ protocol: 'Q.850', cause: 17, text: 'User busy' }],
    },
    messages: 3,
    retransmissions: 0,
    duplicates: 0,
    frames: [1, 2, 3],
    timings: {
      sessionRequestDelay: 180,
      ringTime: 1820,
      setupTime: null,
      sessionDuration: null,
      sessionDisconnectDelay: null,
      registrationRequestDelay: null,
      responseDelay: 2000,
    },
    media: [
      {
        side: 'caller',
        media: 'audio',
        protocol: 'RTP/AVP',
        codecs: ['PCMU/8000', 'PCMA/8000'],
        address: '10.0.0.1',
        port: 40000,
        direction: 'sendrecv',
        im: false,
      },
    ],
    roles: [
      { endpoint: '10.0.0.1:5060', role: 'user-agent', evidence: '' },
      { endpoint: '10.0.0.2:5060', role: 'user-agent', evidence: '' },
    ],
    partial: false,
    endpoints: ['10.0.0.1:5060', '10.0.0.2:5060'],
    dialogs: [{ localTag: 'a', remoteTag: 'b', state: 'terminated', frame: 2 }],
    related: [],
    bindings: [],
    event: '',
    conversation: '',
    diagnostics: [],
  });
});

test('a request and a response', () => {
  const records: unknown[] = [];
  const correlator = new Correlator({
    onCall: () => {},
    onMessage: (message, info) => {
      const record = messageRecord(message, info);
      records.push({ ...record, diagnostics: [] });
      expect(writeMessageRecord(message, info)).toBe(JSON.stringify(record));
    },
  });
  for (const message of messagesOf(
    '0 A>B MESSAGE text=hello | Content-Type: text/plain\n 12.5 B>A 200 of=MESSAGE',
  )) {
    correlator.message(message);
  }
  expect(records).toEqual([
    {
      v: 1,
      frame: 1,
      frames: [1],
      time: '2026-11-21T03:40:00.000000000Z',
      src: '10.0.0.1:5060',
      dst: '10.0.0.2:5060',
      transport: 'udp',
      method: 'MESSAGE',
      requestUri: 'sip:bob@example.com',
      callId: 'call-1',
      cseq: { number: 1, method: 'MESSAGE' },
      from: 'alice <sip:alice@example.com>;tag=a',
      to: '<sip:bob@example.com>',
      tags: { from: 'a', to: '' },
      branch: 'z9hG4bKMESSAGE-1-AB',
      retransmission: 0,
      duplicate: 0,
      body: { type: 'text/plain', length: 5 },
      diagnostics: [],
      call: 1,
      delay: null,
      tunnel: null,
      hep: null,
    },
    {
      v: 1,
      frame: 2,
      frames: [2],
      time: '2026-11-21T03:40:00.012500000Z',
      src: '10.0.0.2:5060',
      dst: '10.0.0.1:5060',
      transport: 'udp',
      status: 200,
      reason: 'OK',
      callId: 'call-1',
      cseq: { number: 1, method: 'MESSAGE' },
      from: 'alice <sip:alice@example.com>;tag=a',
      to: '<sip:bob@example.com>;tag=b',
      tags: { from: 'a', to: 'b' },
      branch: 'z9hG4bKMESSAGE-1-AB',
      retransmission: 0,
      duplicate: 0,
      body: null,
      diagnostics: [],
      call: 1,
      delay: 12.5,
      tunnel: null,
      hep: null,
    },
  ]);
});

test('the fast text is JSON.stringify of the record', () => {
  const word = fc.stringMatching(/^[^\s|=,>]{1,12}$/u);
  fc.assert(
    fc.property(word, word, word, fc.integer({ min: 1, max: 999 }), (id, tag, text, status) => {
      const script = `0 A>B INVITE id=${id} from=a${tag} sdp=audio | Replaces: ${text};to-tag=1
        1 A>B REFER id=${id} from=a${tag} to=${tag} cseq=2 | Refer-To: <sip:${text}@example.com>
        2 B>A ${status} id=${id} from=a${tag} to=${tag} sdp=video | Reason: ${text};cause=1;text="${text}"
        3 A>B REGISTER id=r${id} | Contact: <sip:${text}@host>;q=0.3
        4 B>A 200 of=REGISTER id=r${id} | Contact: <sip:${text}@host>;q=0.3 | Path: <sip:${text}>
        5 A>B MESSAGE id=m${id} user=${text},${tag}`;
      for (const call of play(script).calls)
        expect(writeCallRecord(call)).toBe(JSON.stringify(callRecord(call)));
    }),
    { numRuns: 300 },
  );
});

test('the fast text of a call that another stage put together', () => {
  const call = callOf(
    '0 A>B INVITE sdp=audio\n 20 B>A 200 sdp=audio\n 30 A>B ACK\n 900 A>B BYE\n 920 B>A 200 of=BYE',
  );
  const { id, kind, callId, from, to, src, dst, endpoints, transports, method, start, end, state } = call;
  const { cause, messages, retransmissions, duplicates, frames, timings, media, roles, partial } = call;
  const { dialogs, related, bindings, event, diagnostics, events } = call;
  const plain: Call = {
    ...{ id, kind, callId, from, to, src, dst, endpoints, transports, method, start, end, state },
    ...{ cause, messages, retransmissions, duplicates, frames, timings, media, roles, partial },
    ...{ dialogs, related, bindings, event, diagnostics, events },
  };
  expect(writeCallRecord(plain)).toBe(writeCallRecord(call));
});

test('nanoseconds as milliseconds, as JavaScript would write the number', () => {
  const json = new JsonText();
  const written = (nanoseconds: number): string => {
    json.clear();
    return json.milliseconds(nanoseconds).octets.toString();
  };
  const spans = [0, 1, 10, 999_999, 1e6, 1_000_001, 1_500_000, 1e15 - 1, 1e15, 1e15 + 1, 2 ** 53];
  for (const span of [...spans, -1, 0.5, 1e6 + 0.25, Number.NaN, Number.POSITIVE_INFINITY]) {
    expect(written(span)).toBe(JSON.stringify(span / 1e6));
  }
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 1e9 }), (nanoseconds, divisor) => {
      for (const span of [nanoseconds, Math.floor(nanoseconds / divisor)])
        expect(written(span)).toBe(JSON.stringify(span / 1e6));
    }),
    { numRuns: 2000 },
  );
});
