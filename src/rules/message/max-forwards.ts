// RFC 3261 §8.1.1.6, §16.3, §16.6, §20.22: Max-Forwards is there, is a number from 0 to 255, and goes down by one at each hop.
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { COLUMN, COLUMNS } from '../../sip/scan.ts';
import { headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';
import { isBeforeRfc3261 } from './magic-cookie.ts';

export default defineRule({
  meta: {
    id: 'message/max-forwards',
    severity: 'warning',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A request carries Max-Forwards as a number from 0 to 255, one less after each proxy.',
    why: 'Without it a routing loop never ends; a box that does not lower it hides the loop it is part of.',
    exceptions: [
      'INFO, which may do without.',
      'A device older than RFC 3261, known by its branch: a warning.',
      'A back-to-back user agent, which begins anew on its other side.',
      'OPTIONS with a low value, which traces a path.',
      'A request that arrives with 0 where it was going to: only forwarding it is wrong.',
    ],
    fix: 'Have the user agent write Max-Forwards: 70, and every proxy lower it by one and answer 483 at 0.',
    sources: [
      { document: 'RFC 3261', section: '8.1.1.6', says: 'a user agent client must insert Max-Forwards' },
      { document: 'RFC 3261', section: '16.3', says: 'at 0 a proxy answers 483' },
      { document: 'RFC 3261', section: '16.6', says: 'a proxy lowers it by one' },
      { document: 'RFC 3261', section: '20.22', says: 'a number from 0 to 255' },
      { document: 'RFC 6086', section: '6.1', says: 'optional in INFO' },
    ],
    messages: {
      missing: '{method} has no Max-Forwards',
      malformed: 'Max-Forwards {value} is not a number from 0 to 255',
      low: '{method} begins with Max-Forwards {value}',
      kept: '{method} was forwarded with Max-Forwards {sent}, received with {received}',
      'forwarded-at-0': '{method} was forwarded though it came with Max-Forwards 0',
    },
  },
  create({ report }) {
    return {
      message(message) {
        if (!message.isRequest || message.truncated) return;
        const { sip, method } = message;
        const row = sip.find(HEADER['Max-Forwards']);
        if (row < 0) {
          // RFC 6086 §6.1.
          if (sip.methodId === METHOD.INFO || !sip.headersComplete) return;
          const severity = isBeforeRfc3261(message) ? 'warning' : 'error';
          report({ message: 'missing', data: { method }, at: message, evidence: proof(message), severity });
          return;
        }
        const value = hopsLeft(message);
        if (value === undefined) {
          const text = sip.headerValue(row).slice(0, 20);
          const data = { value: text };
          report({ message: 'malformed', data, at: message, evidence: proof(message), severity: 'error' });
        } else if (value < LOW && sip.methodId !== METHOD.OPTIONS && sip.vias.length === 1) {
          report({
            message: 'low',
            data: { method, value },
            at: message,
            evidence: proof(message),
            severity: 'info',
          });
        }
      },
      transaction(transaction) {
        const { upstream, request } = transaction;
        const before = upstream?.request;
        if (before === undefined || request === undefined || !isForwarded(before, transaction)) return;
        const received = hopsLeft(before);
        const sent = hopsLeft(request);
        if (received === undefined || sent === undefined) return;
        const { method } = request;
        const at = [request, before];
        const evidence = [...proof(request), ...proof(before)];
        if (received === 0) {
          report({ message: 'forwarded-at-0', data: { method }, at, evidence, severity: 'error' });
        } else if (sent >= received) {
          report({ message: 'kept', data: { method, sent, received }, at, evidence, severity: 'error' });
        }
      },
    };
  },
});

/** By a proxy: its Via stands on top of those it received; what begins anew has only its own. */
function isForwarded(before: MessageFacts, { request }: TransactionFacts): boolean {
  const vias = request!.sip.vias;
  return vias.length === before.sip.vias.length + 1 && vias[1]?.branch === before.sip.branch;
}

/** Undefined when absent or no number from 0 to 255. Makes no string. */
function hopsLeft({ sip }: MessageFacts): number | undefined {
  const row = sip.find(HEADER['Max-Forwards']);
  if (row < 0) return undefined;
  const start = sip.table[row * COLUMNS + COLUMN.valueStart]!;
  const end = sip.table[row * COLUMNS + COLUMN.valueEnd]!;
  if (start === end || end - start > 9) return undefined;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = sip.data[at]! - 48;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value > 255 ? undefined : value;
}

function proof(message: MessageFacts) {
  return headerEvidence(message, HEADER['Max-Forwards'], 'Max-Forwards');
}

/** Fewer hops than a call between two networks may take. */
const LOW = 10;
