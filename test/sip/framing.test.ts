import { expect, test } from 'vitest';
import { INVITE, OK, SDP, sip, sipWire } from './framing-wire.ts';

/** Sends payloads one after the other on a connection whose SYN was seen; a number is a gap of so many octets. */
function stream(...parts: (string | number)[]) {
  const { wire, framed } = sipWire();
  wire.send({ seq: 99, flags: 'S' });
  let seq = 100;
  for (const part of parts) {
    if (typeof part === 'number') seq += part;
    else {
      wire.send({ seq, data: part });
      seq += part.length;
    }
  }
  wire.end();
  return { framed, fates: wire.fates.slice(1), codes: wire.codes, diagnostics: wire.diagnostics, wire };
}

const SRC = '192.0.2.1:5060';

test('a message in one segment is handed on where it lies', () => {
  const one = sip(INVITE, SDP);
  expect(stream(one)).toMatchObject({
    framed: [{ text: one, frames: [2], src: SRC }],
    fates: ['sip'],
    codes: [],
  });
});

test('several messages in one segment; one over many', () => {
  const [a, b] = [sip(INVITE, SDP), sip(OK)];
  const whole = a + b;
  const { framed, fates } = stream(
    a + b,
    whole.slice(0, 7),
    whole.slice(7, a.length + 3),
    whole.slice(a.length + 3),
  );
  expect(framed).toEqual([
    { text: a, frames: [2], src: SRC },
    { text: b, frames: [2], src: SRC },
    { text: a, frames: [3, 4], src: SRC },
    { text: b, frames: [4, 5], src: SRC },
  ]);
  expect(fates).toEqual(['sip', 'sip', 'sip', 'sip']);
});

test('RFC 5626 §3.5.1: keep-alives between messages', () => {
  const one = sip(OK);
  const { framed, fates, codes } = stream('\r\n\r\n', one, '\r\n\r\n', '\r', '\n', `${one}\r\n`);
  expect(framed.map(({ frames }) => frames)).toEqual([[3], [7]]);
  expect(fates).toEqual(['sip-keepalive', 'sip', 'sip-keepalive', 'sip-keepalive', 'sip-keepalive', 'sip']);
  expect(codes).toEqual([]);
});

test('line ends on ports that are not SIP say nothing until SIP follows', () => {
  const ports = { fromPort: 40_000, toPort: 7000 };
  const telnet = sipWire().wire.send({ seq: 0, flags: 'S', ...ports }, { seq: 1, data: '\r\n', ...ports });
  telnet.send({ seq: 3, data: 'login: ', ...ports }, { seq: 10, data: 'x', ...ports }).end();
  expect(telnet.fates).toEqual(['empty', 'not-sip', 'not-sip', 'not-sip']);
  const phone = sipWire().wire.send({ seq: 0, flags: 'S', ...ports }, { seq: 1, data: '\r\n', ...ports });
  phone.send({ seq: 3, data: sip(OK), ...ports }).end();
  expect(phone.fates).toEqual(['empty', 'sip-keepalive', 'sip']);
  const silent = sipWire()
    .wire.send({ seq: 0, flags: 'S', ...ports }, { seq: 1, data: '\r\n', ...ports })
    .end();
  expect(silent.fates).toEqual(['empty', 'not-sip']);
});

test('HTTP, RTSP and words are not SIP', () => {
  for (const text of [
    'GET / HTTP/1.1\r\n\r\n',
    'OPTIONS * RTSP/1.0\r\n\r\n',
    'hello',
    'INVITE sip:a\0',
    'SIP/2.0.0 200 OK\r\n',
  ]) {
    const { framed, fates, codes } = stream(text, sip(OK));
    expect({ text, framed, fates: fates[0], codes }).toEqual({
      text,
      framed: [],
      fates: 'not-sip',
      codes: [],
    });
  }
  expect(stream('OPTIONS * ', 'RTSP/1.0\r\n', sip(OK)).fates).toEqual(['not-sip', 'not-sip', 'not-sip']);
});

test('a gap inside a body of known length: the message is handed on in part, the next one whole', () => {
  const [a, b] = [sip(INVITE, 'x'.repeat(500)), sip(OK)];
  const { framed, fates, codes } = stream(a.slice(0, a.length - 300), 200, a.slice(a.length - 100) + b);
  expect(framed).toEqual([
    { text: a.slice(0, a.length - 300), frames: [2], src: SRC, truncated: true },
    { text: b, frames: [3], src: SRC },
  ]);
  expect(fates).toEqual(['sip', 'sip']);
  expect(codes).toEqual(['tcp/gap', 'sip/message-truncated']);
});

test('a gap inside a header section: what is of use, then the next start line', () => {
  const a = sip(INVITE, SDP);
  const cut = a.indexOf('Content-Length') + 4;
  const { framed, fates, diagnostics } = stream(a.slice(0, cut), 20, a.slice(cut + 20), sip(OK));
  expect(framed).toEqual([
    { text: a.slice(0, cut - 4), frames: [2], src: SRC, truncated: true },
    { text: sip(OK), frames: [4], src: SRC },
  ]);
  expect(fates).toEqual(['sip', 'tcp-gap', 'sip']);
  expect(diagnostics.map(({ code, frames }) => [code, frames])).toEqual([
    ['tcp/gap', [3]],
    ['sip/message-truncated', [2]],
    ['sip/tcp-resync', [3]],
  ]);
});

test('a message cut before it is of use is lost', () => {
  const a = sip(INVITE, SDP);
  const { framed, fates, codes } = stream(sip(OK), a.slice(0, 60));
  expect(framed.length).toBe(1);
  expect(fates).toEqual(['sip', 'tcp-gap']);
  expect(codes).toEqual(['sip/message-lost']);
});

test('RFC 3261 §18.3: without Content-Length there is no body, unless there clearly is one', () => {
  const bare = sip(OK, '', 'Server: x');
  expect(stream(bare + sip(OK))).toMatchObject({
    framed: [{ text: bare }, { text: sip(OK) }],
    codes: ['sip/no-content-length'],
  });
  const bodied = sip(INVITE, SDP, 'Content-Type: application/sdp');
  expect(stream(bodied + sip(OK))).toMatchObject({ framed: [{ text: bodied }, { text: sip(OK) }] });
  const [head, body] = [bodied.slice(0, -SDP.length), bodied.slice(-SDP.length)];
  expect(stream(head, body, sip(OK))).toMatchObject({
    framed: [
      { text: bodied, frames: [2, 3] },
      { text: sip(OK), frames: [4] },
    ],
    codes: ['sip/no-content-length'],
  });
  expect(stream(head)).toMatchObject({
    framed: [{ text: head }],
    fates: ['sip'],
    codes: ['sip/no-content-length'],
  });
});

test('a Content-Length that is no number, or several, or absurd', () => {
  for (const [field, code] of [
    ['Content-Length: -5', 'sip/bad-content-length'],
    ['l: 10 20', 'sip/bad-content-length'],
    ['Content-Length: 99999999999', 'sip/content-length-absurd'],
  ]) {
    const odd = sip(INVITE, SDP, field);
    expect(stream(odd + sip(OK))).toMatchObject({
      framed: [{ text: odd }, { text: sip(OK) }],
      codes: [code],
    });
  }
  const twice = sip(INVITE, SDP, `l: ${SDP.length}\r\nContent-Length: 3`);
  expect(stream(twice + sip(OK))).toMatchObject({
    framed: [{ text: twice }, { text: sip(OK) }],
    codes: ['sip/content-length-conflict'],
  });
});

test('a Content-Length that is too short leaves octets over', () => {
  const short = sip(INVITE, SDP, `Content-Length: ${SDP.length - 10}`);
  const { framed, fates, diagnostics } = stream(short, sip(OK));
  expect(framed.map(({ text }) => text)).toEqual([short.slice(0, -10), sip(OK)]);
  expect(fates).toEqual(['sip', 'sip']);
  expect(diagnostics).toEqual([
    {
      code: 'sip/tcp-resync',
      severity: 'warning',
      message: '10 octets of a SIP stream were skipped up to the next start line',
      frames: [2],
    },
  ]);
});

test('what is left over may run into the next start line', () => {
  const short = sip(INVITE, 'v=0 and no line end', 'Content-Length: 3');
  for (const next of [sip(OK), sip('BYE sip:a@b SIP/2.0')]) {
    expect(stream(short + next).framed.map(({ text }) => text)).toEqual([short.slice(0, -16), next]);
  }
});

test('a Content-Length that is too long does not swallow the next message', () => {
  for (const excess of [5, 5000]) {
    const long = sip(INVITE, SDP, `Content-Length: ${SDP.length + excess}`);
    for (const parts of [
      [long, sip(OK)],
      [long + sip(OK), sip(OK)],
      [long, sip(OK), sip(OK)],
    ]) {
      const { framed, fates, codes } = stream(...parts);
      expect(framed.map(({ text }) => text)).toEqual([
        long,
        ...parts
          .join('')
          .slice(long.length)
          .split(/(?=SIP\/2\.0 200)/),
      ]);
      expect(new Set(fates)).toEqual(new Set(['sip']));
      expect(codes).toEqual(['sip/content-length-too-long']);
    }
  }
});

test('a body may quote messages where its length is right', () => {
  const quoting = sip('NOTIFY sip:a SIP/2.0', `text\r\n${sip(OK, '')}`);
  expect(stream(quoting.slice(0, 150), quoting.slice(150) + sip(OK))).toMatchObject({
    framed: [{ text: quoting }, { text: sip(OK) }],
    codes: [],
  });
  const fragment = sip(
    'NOTIFY sip:a SIP/2.0',
    `${OK}\r\n`,
    'Content-Type: message/sipfrag\r\nContent-Length: 20',
  );
  const cut = fragment.indexOf(OK);
  const { framed, codes } = stream(fragment.slice(0, cut), fragment.slice(cut));
  expect(framed).toEqual([{ text: fragment, frames: [2, 3], src: SRC, truncated: true }]);
  expect(codes).toEqual(['sip/message-truncated']);
});

test('a header section that was never finished ends before the next message', () => {
  const unfinished = sip(INVITE).slice(0, -2);
  expect(stream(unfinished, sip(OK))).toMatchObject({
    framed: [
      { text: unfinished, frames: [2], truncated: true },
      { text: sip(OK), frames: [3] },
    ],
    fates: ['sip', 'sip'],
    codes: ['sip/message-truncated'],
  });
});

test('segments that came in fragments: all of them carry the message', () => {
  const { wire, framed } = sipWire();
  const message = sip(INVITE, SDP);
  wire.send({ seq: 99, flags: 'S' });
  wire.skip(2).send({ seq: 100, data: message + message.slice(0, 50), frames: [2, 3, 4] });
  wire.send({ seq: 150 + message.length, data: message.slice(50) }).end();
  expect(framed.map(({ frames }) => frames)).toEqual([
    [2, 3, 4],
    [2, 3, 4, 5],
  ]);
  expect(wire.fates).toEqual(['empty', 'sip', 'sip', 'sip', 'sip']);
});

test('a header section that does not end is given up', () => {
  const { wire, framed } = sipWire({ headerOctets: 1000 });
  wire.send({ seq: 99, flags: 'S' });
  const endless = `${INVITE}\r\n${'X: y\r\n'.repeat(300)}`;
  wire.send({ seq: 100, data: endless }, { seq: 100 + endless.length, data: sip(OK) }).end();
  expect(framed.map(({ text }) => text)).toEqual([sip(OK)]);
  expect(wire.fates).toEqual(['empty', 'sip-malformed', 'sip']);
  expect(wire.codes).toEqual(['sip/header-section-too-long', 'sip/tcp-resync']);
});

test('too much buffered: the stream idle for longest hands on what it has', () => {
  const { wire, framed } = sipWire({ bufferedInAll: 10_000 });
  const part = sip(INVITE, '', 'Content-Length: 90000') + 'x'.repeat(3000);
  for (const fromPort of [1, 2, 3]) {
    wire.send({ seq: 99, flags: 'S', fromPort }, { seq: 100, data: part, fromPort });
  }
  expect(framed).toEqual([{ text: part, frames: [2], src: '192.0.2.1:1', truncated: true }]);
  wire.end();
  expect(wire.codes.filter((code) => code === 'sip/tcp-buffer-full')).toEqual(['sip/tcp-buffer-full']);
  expect(framed.length).toBe(3);
});
