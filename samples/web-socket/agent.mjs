// Alice in a browser, as far as SIP goes: over the WebSocket of ws://127.0.0.20 she registers, calls Bob, lets him hang up,
// is written to, and closes the connection. RFC 7118; Node 22 or later has the WebSocket of browsers.
// Usage: node agent.mjs; exit status 0 when all of it came to pass.

const HOST = 'df7jal23ls0d.invalid';
const CONTACT = `<sip:alice@${HOST};transport=ws>`;
const socket = new WebSocket('ws://127.0.0.20/', 'sip');
const dialog = { callId: 'browser-call', from: '"Alice" <sip:alice@example.com>;tag=a1' };
let branches = 0;

socket.onopen = () =>
  request('REGISTER', 'sip:example.com', {
    From: '<sip:alice@example.com>;tag=r1',
    To: '<sip:alice@example.com>',
    'Call-ID': 'browser-registration',
    CSeq: '1 REGISTER',
    Contact: `${CONTACT};reg-id=1;+sip.instance="<urn:uuid:00000000-0000-4000-8000-00000000a11c>";expires=600`,
    Supported: 'path, outbound',
    Allow: 'INVITE, ACK, BYE, CANCEL, MESSAGE, OPTIONS',
  });

socket.onmessage = async ({ data }) => {
  const text = typeof data === 'string' ? data : await data.text();
  const [line] = text.split('\r\n');
  if (!line.startsWith('SIP/2.0')) return answer(text);
  const cseq = header(text, 'CSeq');
  if (!/^SIP\/2\.0 1/.test(line) && !line.startsWith('SIP/2.0 200')) fail(line);
  if (!line.startsWith('SIP/2.0 200')) return;
  if (cseq === '1 REGISTER') invite();
  if (cseq === '1 INVITE') acknowledge(text);
};

socket.onerror = () => fail('the WebSocket failed');
setTimeout(() => fail('too slow'), 15_000);

function invite() {
  const body = [
    'v=0',
    'o=- 4962303333179871722 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=audio 49170 UDP/TLS/RTP/SAVPF 111 9 0 8 126',
    'c=IN IP4 127.0.0.10',
    'a=rtcp:49170 IN IP4 127.0.0.10',
    ...[1, 2, 3, 4, 5, 6].map(
      (n) =>
        `a=candidate:${1000 + n} 1 udp ${2113937151 - n} 127.0.0.10 ${49168 + 2 * n} typ host generation 0`,
    ),
    'a=ice-ufrag:F7gI',
    'a=ice-pwd:x9cml/YzichV2+XlhiMu8g12',
    'a=ice-options:trickle',
    'a=fingerprint:sha-256 D2:FA:0E:C3:22:59:5E:14:95:69:92:3D:13:B4:84:24:2C:C2:A2:C0:3E:FD:34:8E:5E:EA:6F:AF:52:CE:E6:0F',
    'a=setup:actpass',
    'a=mid:0',
    'a=sendrecv',
    'a=rtcp-mux',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=rtpmap:9 G722/8000',
    'a=rtpmap:0 PCMU/8000',
    'a=rtpmap:8 PCMA/8000',
    'a=rtpmap:126 telephone-event/8000',
    ...['cname:o/i14u9pJrxRKAsu', 'msid:stream audio'].map((what) => `a=ssrc:3735928559 ${what}`),
    '',
  ].join('\r\n');
  request(
    'INVITE',
    'sip:bob@example.com',
    {
      From: dialog.from,
      To: '<sip:bob@example.com>',
      'Call-ID': dialog.callId,
      CSeq: '1 INVITE',
      Contact: `<sip:alice@${HOST};transport=ws;ob>`,
      Supported: 'outbound',
      Allow: 'INVITE, ACK, BYE, CANCEL, MESSAGE, OPTIONS',
      'Content-Type': 'application/sdp',
    },
    body,
  );
}

function acknowledge(ok) {
  // RFC 3261 §12.1.2: the route set is the Record-Route backwards.
  const routes = headers(ok, 'Record-Route').reverse();
  request('ACK', /<([^>]*)>/.exec(header(ok, 'Contact'))[1], {
    Route: routes,
    From: dialog.from,
    To: header(ok, 'To'),
    'Call-ID': dialog.callId,
    CSeq: '1 ACK',
  });
}

/** Bob's BYE, then his MESSAGE: both are answered 200. */
function answer(text) {
  const copied = ['From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(text, name)}`);
  const vias = headers(text, 'Via').map((via) => `Via: ${via}`);
  if (/^MESSAGE/.test(text)) copied[1] += ';tag=m1';
  socket.send(['SIP/2.0 200 OK', ...vias, ...copied, '', ''].join('\r\n'));
  if (!/^MESSAGE/.test(text)) return;
  // RFC 7118 §6: the server's pings keep the connection open for a while yet.
  setTimeout(() => {
    socket.close(1000);
    setTimeout(() => process.exit(0), 300);
  }, 6500);
}

/** RFC 7118 §5: no Content-Length is needed. */
function request(method, uri, fields, body = '') {
  const via = `SIP/2.0/WS ${HOST};branch=z9hG4bKa${++branches};rport`;
  const lines = Object.entries({ Via: via, 'Max-Forwards': '70', ...fields }).flatMap(([name, value]) =>
    [value].flat().map((one) => `${name}: ${one}`),
  );
  socket.send([`${method} ${uri} SIP/2.0`, ...lines, '', body].join('\r\n'));
}

function headers(text, name) {
  const [head] = text.split('\r\n\r\n');
  return head
    .split('\r\n')
    .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
    .flatMap((line) => line.slice(name.length + 1).split(/,(?=\s*<)/))
    .map((value) => value.trim());
}

function header(text, name) {
  return headers(text, name)[0];
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
