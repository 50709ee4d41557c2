// RFC 3261 §7.3.1: a header whose grammar is no list stands once, with one value.

import { HEADER, HEADERS, type HeaderId, type HeaderName } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { splitOutside } from '../../sip/text/delimited.ts';
import { headerEvidence, rowEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/duplicate-single-header',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A header that has one value stands once in a message, and holds one value.',
    why: 'Boxes on the path read different ones of the two, and disagree on who calls, how long, and where a message ends.',
    exceptions: [
      'Authorization, Proxy-Authorization, WWW-Authenticate and Proxy-Authenticate: one for each realm and algorithm.',
      'Headers whose grammar is a list.',
      'Event in SUBSCRIBE and PUBLISH (message/subscribe-event), Refer-To in REFER (message/refer-rules).',
    ],
    fix: 'Find who adds the second one, often a box that appends where it should replace, and have it write one.',
    sources: [
      { document: 'RFC 3261', section: '7.3.1', says: 'several rows only where the value is a list' },
      { document: 'RFC 4475', section: '3.3.8', says: 'several values in headers that have one' },
    ],
    messages: {
      repeated: '{header} stands {count} times in {what}',
      list: '{header} holds several values in {what}',
    },
  },
  create({ report }) {
    // Which headers the message has so far: marked with its number, so that nothing is cleared.
    const seen = new Uint32Array(HEADERS.length);
    const told = new Uint32Array(HEADERS.length);
    let turn = 0;
    return {
      message(message) {
        const { sip } = message;
        turn = (turn + 1) >>> 0;
        for (let row = 0; row < sip.headerCount; row++) {
          const id = sip.headerId(row);
          if (SINGLE[id] === 0) continue;
          if (seen[id] === turn) {
            if (told[id] !== turn && !isLeft(message, id)) tell(message, id);
            told[id] = turn;
          } else if (SINGLE[id] === COUNTED && hasComma(message, row) && isList(sip.headerValue(row), id)) {
            report({
              message: 'list',
              data: { header: HEADERS[id]!.name, what: nameOf(message) },
              at: message,
              evidence: [rowEvidence(message, row)],
            });
          }
          seen[id] = turn;
        }
      },
    };

    function tell(message: MessageFacts, id: HeaderId): void {
      const { name } = HEADERS[id]!;
      const { sip } = message;
      let count = 0;
      for (let row = sip.find(id); row >= 0; row = sip.find(id, row + 1)) count++;
      const evidence = headerEvidence(message, id, name);
      report({
        message: 'repeated',
        data: { header: name, count, what: nameOf(message) },
        at: message,
        evidence,
      });
    }
  },
});

function isLeft({ sip }: MessageFacts, id: HeaderId): boolean {
  if (!sip.isRequest) return false;
  if (id === HEADER.Event) return sip.methodId === METHOD.SUBSCRIBE || sip.methodId === METHOD.PUBLISH;
  return id === HEADER['Refer-To'] && sip.methodId === METHOD.REFER;
}

function hasComma({ sip }: MessageFacts, row: number): boolean {
  const { data, table } = sip;
  const at = row * COLUMNS;
  for (let octet = table[at + COLUMN.valueStart]!; octet < table[at + COLUMN.valueEnd]!; octet++)
    if (data[octet] === COMMA) return true;
  return false;
}

/** Outside quotes and brackets; of addresses each part must be one, for a comma in a display name is another fault. */
function isList(value: string, id: HeaderId): boolean {
  const parts = splitOutside(value, ',');
  if (parts.length < 2) return false;
  return id !== HEADER.From && id !== HEADER.To ? true : parts.every((part) => /:[^:]/.test(part));
}

function nameOf({ isRequest, method, status }: MessageFacts): string {
  return isRequest ? method : `${status} to ${method}`;
}

function ids(...names: HeaderName[]): HeaderId[] {
  return names.map((name) => HEADER[name]);
}

const COMMA = 44;
const REPEATED = 1;
/** Where a comma is looked for too: values without free text. */
const COUNTED = 2;
const SINGLE = Uint8Array.from(HEADERS, ({ id, shape }) => (id > 0 && shape === 'single' ? REPEATED : 0));
for (const id of ids('From', 'To', 'CSeq', 'Max-Forwards', 'Content-Length')) SINGLE[id] = COUNTED;
for (const id of ids('Expires', 'Min-Expires', 'RSeq', 'RAck', 'Min-SE', 'Session-Expires'))
  SINGLE[id] = COUNTED;
for (const id of ids('SIP-ETag', 'SIP-If-Match', 'Subscription-State', 'Content-Type')) SINGLE[id] = COUNTED;
