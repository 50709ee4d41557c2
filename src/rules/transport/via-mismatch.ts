// RFC 3261 §8.1.3.3, §18.1.1, §18.1.2, §18.2.2: Via names the transport in use, and responses come back the way they are told.
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { factEvidence, rowEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'transport/via-mismatch',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary:
      'The topmost Via names the transport the request uses, and the response comes back by it with that Via alone.',
    why: 'Responses go to where nobody listens, or are dropped as strays: the call rings and nobody hears of it.',
    exceptions: [
      'TLS that ends at another box: Via says TLS or WSS, the capture shows plain TCP or WebSocket.',
      'Transports that the capture does not know.',
      'Another connection where nothing shows that the first was still open.',
      'A sent-by behind a NAT, as long as the response repeats it.',
    ],
    fix: 'Have the sender write the transport into Via after it has chosen it, and the server answer on the connection of the request.',
    sources: [
      { document: 'RFC 3261', section: '18.1.1', says: 'the top Via is changed with the transport' },
      { document: 'RFC 3261', section: '18.1.2', says: 'a response with a foreign sent-by is discarded' },
      {
        document: 'RFC 3261',
        section: '18.2.2',
        says: 'over streams the response takes the connection of the request',
      },
      {
        document: 'RFC 3261',
        section: '8.1.3.3',
        says: 'a response with more than one Via is discarded by the client',
      },
    ],
    messages: {
      transport: '{method} goes by {used}, its Via says {said}',
      'response-transport': '{status} to {method} comes by {used}, the request went by {asked}',
      'response-connection':
        '{status} to {method} comes on another connection, while that of the request is open',
      foreign: '{status} to {method} comes with the Via of another sender',
      'extra-via': '{status} to {method} comes with {count} Vias, the request had {asked}',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        if (sip.viaRow < 0) return;
        if (sip.isRequest) judgeRequest(message);
        else if (message.transaction?.request !== undefined)
          judgeResponse(message, message.transaction.request);
      },
    };

    function judgeRequest(message: MessageFacts): void {
      const { sip, method } = message;
      if (saysTransport(sip)) return;
      const said = sip.vias[0]?.transport.toUpperCase() ?? '';
      if (!KNOWN.has(said) || FITS[sip.transport].includes(said)) return;
      const data = { method, used: sip.transport.toUpperCase(), said };
      report({ message: 'transport', data, at: message, evidence: [rowEvidence(message, sip.viaRow)] });
    }

    function judgeResponse(message: MessageFacts, request: MessageFacts): void {
      judgeWay(message, request);
      judgeVias(message, request);
    }

    function judgeWay(message: MessageFacts, request: MessageFacts): void {
      const { sip, status, method } = message;
      const { sip: asked } = request;
      if (sip.src === asked.dst && sip.dst === asked.src && sip.transport === asked.transport) return;
      const at = [message, request];
      if (sip.transport !== asked.transport) {
        const used = sip.transport.toUpperCase();
        const data = { status, method, used, asked: asked.transport.toUpperCase() };
        const evidence = [rowEvidence(message, sip.viaRow)];
        report({ message: 'response-transport', data, at, evidence, severity: 'warning' });
      } else if (sip.transport !== 'udp' && !sameConnection(sip, asked) && isUsedLater(message, asked)) {
        const evidence = [
          factEvidence(request.frame, 'packet', 'request', `${asked.src.text} > ${asked.dst.text}`),
          factEvidence(message.frame, 'packet', 'response', `${sip.src.text} > ${sip.dst.text}`),
        ];
        report({
          message: 'response-connection',
          data: { status, method },
          at,
          evidence,
          severity: 'warning',
        });
      }
    }

    function judgeVias(message: MessageFacts, request: MessageFacts): void {
      const { sip, status, method } = message;
      const { sip: asked } = request;
      const at = [message, request];
      if (rows(sip) !== rows(asked) && sip.vias.length > asked.vias.length) {
        const data = { status, method, count: sip.vias.length, asked: asked.vias.length };
        const evidence = viaRows(message);
        report({ message: 'extra-via', data, at, evidence });
      } else if (!sameFront(sip, asked) && !sameSender(sip, asked)) {
        const evidence = [rowEvidence(message, sip.viaRow), rowEvidence(request, asked.viaRow)];
        report({ message: 'foreign', data: { status, method }, at, evidence, severity: 'warning' });
      }
    }
  },
});

/** `SIP/2.0/UDP ` over UDP and so on: what nearly all messages say, without a string. */
function saysTransport({ data, table, viaRow, transport }: SipMessage): boolean {
  const at = table[viaRow * COLUMNS + COLUMN.valueStart]! + PREFIX;
  const name = NAMES[transport];
  for (let index = 0; index < name.length; index++) if (data[at + index] !== name[index]) return false;
  return true;
}

function sameConnection(one: SipMessage, other: SipMessage): boolean {
  return one.src.text === other.dst.text && one.dst.text === other.src.text;
}

/** Whether anything passes on the connection of the request after the response. */
function isUsedLater({ leg, sip }: MessageFacts, asked: SipMessage): boolean {
  return leg.messages.some(
    (one) =>
      one.frame > sip.frame &&
      one.sip.transport === asked.transport &&
      ((one.sip.src.text === asked.src.text && one.sip.dst.text === asked.dst.text) ||
        sameConnection(one.sip, asked)),
  );
}

/** The octets before the parameters. */
function sameFront(one: SipMessage, other: SipMessage): boolean {
  let a = one.table[one.viaRow * COLUMNS + COLUMN.valueStart]!;
  let b = other.table[other.viaRow * COLUMNS + COLUMN.valueStart]!;
  const end = one.table[one.viaRow * COLUMNS + COLUMN.valueEnd]!;
  for (; a < end && one.data[a] !== SEMICOLON; a++, b++) if (one.data[a] !== other.data[b]) return false;
  return other.data[b] === SEMICOLON || a === end;
}

function sameSender(one: SipMessage, other: SipMessage): boolean {
  const [a, b] = [one.vias[0], other.vias[0]];
  if (a === undefined || b === undefined || a.problems.length > 0 || b.problems.length > 0) return true;
  return (
    a.host.toLowerCase() === b.host.toLowerCase() &&
    (a.port ?? DEFAULT_PORT) === (b.port ?? DEFAULT_PORT) &&
    a.transport.toUpperCase() === b.transport.toUpperCase()
  );
}

function rows(sip: SipMessage): number {
  let count = 0;
  for (let row = sip.viaRow; row >= 0; row = sip.find(HEADER.Via, row + 1)) count++;
  return count;
}

function viaRows(message: MessageFacts) {
  const evidence = [];
  const { sip } = message;
  for (let row = sip.viaRow; row >= 0; row = sip.find(HEADER.Via, row + 1))
    evidence.push(rowEvidence(message, row));
  return evidence;
}

const SEMICOLON = 59;
const DEFAULT_PORT = 5060;
const PREFIX = 'SIP/2.0/'.length;
/** With the space that follows: TCP is no TCPX. */
const NAMES: Readonly<Record<SipMessage['transport'], Buffer>> = {
  udp: Buffer.from('UDP '),
  tcp: Buffer.from('TCP '),
  sctp: Buffer.from('SCTP '),
  tls: Buffer.from('TLS '),
  ws: Buffer.from('WS '),
  wss: Buffer.from('WSS '),
};
const KNOWN: ReadonlySet<string> = new Set(['UDP', 'TCP', 'TLS', 'SCTP', 'TLS-SCTP', 'WS', 'WSS']);
/** What Via may say over what is seen: the TLS may have been taken off on the way. */
const FITS: Readonly<Record<SipMessage['transport'], readonly string[]>> = {
  udp: ['UDP'],
  tcp: ['TCP', 'TLS', 'WS', 'WSS'],
  tls: ['TLS'],
  sctp: ['SCTP', 'TLS-SCTP'],
  ws: ['WS', 'WSS'],
  wss: ['WSS', 'WS'],
};
