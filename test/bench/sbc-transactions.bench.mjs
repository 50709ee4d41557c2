// What the transaction layer costs: `node test/bench/sbc-transactions.bench.mjs`. A user that passes each call on, as a
// back-to-back user agent: INVITE, 180, 200, ACK, BYE, 200, in on one side and out on the other. Messages are read before,
// and what is sent is made before: only the layer is measured. Prints messages (in and out) a second and ns a message.
import { Outbox } from '../../src/sbc/outbox.ts';
import { Transactions } from '../../src/sbc/transaction/transactions.ts';
import { messageOf } from '../../src/sip/parse.ts';

const CALLS = 20_000;
const caller = flow('udp', '192.0.2.1');
const callee = flow('udp', '198.51.100.7');
for (const transport of ['udp', 'tcp']) measure(transport);

function measure(transport) {
  let best = Number.POSITIVE_INFINITY;
  let messages = 0;
  for (let run = 0; run < 7; run++) {
    const calls = Array.from({ length: CALLS }, (_, n) => call(n, transport));
    const [a, b] = [
      { ...caller, transport, connection: transport === 'udp' ? 0 : 1 },
      { ...callee, transport, connection: transport === 'udp' ? 0 : 2 },
    ];
    const outbox = new Outbox();
    // Timers go off when they are due; of the commands only their number counts.
    const due = new Map();
    const none = [];
    messages = 0;
    let current = null;
    const take = () => {
      for (const command of outbox.take()) {
        if (command.kind === 'send') messages++;
        else if (command.kind === 'set-timer') {
          const others = due.get(command.at);
          if (others === undefined) due.set(command.at, [command.timer]);
          else others.push(command.timer);
        }
      }
    };
    const transactions = new Transactions(outbox, {
      request(server) {
        const { method } = server;
        const { ours, out } = current;
        if (method === 'INVITE') server.respond(100, out.trying, server.request);
        const user = {
          response: (message) =>
            server.respond(message.status, method === 'BYE' ? out.bye200 : out[message.status], message),
          failed: () => {},
        };
        server.vias.length;
        transactions.request({
          method,
          branch: ours[method],
          octets: out[method],
          flow: b,
          cause: server.request,
          user,
        });
      },
      cancelled() {},
      ack: (message) => outbox.send(b, current.out.ACK, message),
      strayResponse() {},
    });
    const begin = process.hrtime.bigint();
    for (const one of calls) {
      current = one;
      outbox.now += 2;
      for (const [message, side] of one.in) {
        messages++;
        transactions.receive(message, side === 'a' ? a : b);
        take();
      }
      for (const timer of due.get(outbox.now) ?? none) outbox.fired(timer);
      due.delete(outbox.now);
      take();
    }
    best = Math.min(best, Number(process.hrtime.bigint() - begin) / messages);
  }
  console.log(`${transport}: ${best.toFixed(0)} ns a message, ${(1e9 / best).toFixed(0)} messages a second`);
}

function call(n, transport) {
  const ours = { INVITE: `z9hG4bKours${n}i`, BYE: `z9hG4bKours${n}b` };
  const via = (host, branch) => `SIP/2.0/${transport.toUpperCase()} ${host}:5060;branch=${branch};rport`;
  const text = (line, branch, host, cseq) =>
    Buffer.from(
      `${line}\r\nVia: ${via(host, branch)}\r\nMax-Forwards: 70\r\nFrom: "Alice" <sip:alice@atlanta.example.com>;tag=a${n}\r\n` +
        `To: Bob <sip:bob@biloxi.example.com>${line.startsWith('INVITE') ? '' : `;tag=b${n}`}\r\nCall-ID: ${n}a84b4c76e66710@pc33\r\n` +
        `CSeq: ${cseq}\r\nContact: <sip:alice@192.0.2.1>\r\nUser-Agent: bench/1.0\r\nAllow: INVITE, ACK, BYE, CANCEL\r\n` +
        'Content-Length: 0\r\n\r\n',
    );
  const request = (method, branch, host) =>
    text(
      `${method} sip:bob@biloxi.example.com SIP/2.0`,
      branch,
      host,
      `${method === 'BYE' ? 2 : 1} ${method}`,
    );
  const response = (status, method, branch, host) =>
    text(`SIP/2.0 ${status} OK`, branch, host, `${method === 'BYE' ? 2 : 1} ${method}`);
  const A = '192.0.2.1';
  const SBC = '203.0.113.1';
  return {
    ours,
    in: [
      ['a', request('INVITE', `z9hG4bKtheirs${n}i`, A)],
      ['b', response(180, 'INVITE', ours.INVITE, SBC)],
      ['b', response(200, 'INVITE', ours.INVITE, SBC)],
      ['a', request('ACK', `z9hG4bKtheirs${n}a`, A)],
      ['a', request('BYE', `z9hG4bKtheirs${n}b`, A)],
      ['b', response(200, 'BYE', ours.BYE, SBC)],
    ].map(([side, octets]) => [messageOf(octets), side]),
    out: {
      INVITE: request('INVITE', ours.INVITE, SBC),
      ACK: request('ACK', `z9hG4bKours${n}a`, SBC),
      BYE: request('BYE', ours.BYE, SBC),
      trying: response(100, 'INVITE', `z9hG4bKtheirs${n}i`, A),
      180: response(180, 'INVITE', `z9hG4bKtheirs${n}i`, A),
      200: response(200, 'INVITE', `z9hG4bKtheirs${n}i`, A),
      bye200: response(200, 'BYE', `z9hG4bKtheirs${n}b`, A),
    },
  };
}

function flow(transport, ip) {
  const end = (address) => ({ ip: address, port: 5060, text: `${address}:5060`, version: 4 });
  return { transport, local: end('203.0.113.1'), remote: end(ip), connection: 0 };
}
