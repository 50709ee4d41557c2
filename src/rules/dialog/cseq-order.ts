// RFC 3261 §12.2.1.1: inside a dialog the CSeq number goes up by one with each request of a side; §12.2.2: a lower one is
// refused with 500.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { type Evidence, headerEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/cseq-order',
    severity: 'error',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    summary:
      'In each direction of a dialog the CSeq number of a new request is one more than that of the request before.',
    why: 'A request with a number that was used before is refused or taken for a copy, so a BYE or a hold has no effect.',
    exceptions: [
      'ACK and CANCEL, which have the number of their request.',
      'Retransmissions, and the same request on its way through another hop.',
      'A request overtaken on UDP within a second: told as an observation only.',
      'A gap: a request that was challenged or refused on the way took the number, which is no error.',
      'Each direction, and each dialog of a fork, counts by itself.',
    ],
    fix: 'Keep one counter for each dialog and direction, begin it with the number of the INVITE, and raise it by one for every new request.',
    sources: [
      { document: 'RFC 3261', section: '12.2.1.1', says: 'numbers rise by one in each direction' },
      { document: 'RFC 3261', section: '12.2.2', says: 'a lower number is answered 500; a gap is no error' },
      {
        document: 'RFC 3261',
        section: '22.2',
        says: 'a request tried again with credentials has a higher number',
      },
    ],
    messages: {
      same: '{method} has the CSeq number {value}, as the {before} before it had',
      lower: '{method} has the CSeq number {value} after {before} had {highest}',
      accepted: '{method} with a lower CSeq number than the request before was answered {status}',
    },
  },
  create: ({ report }) => ({
    dialog(dialog) {
      const { messages, created } = dialog;
      const highest: [MessageFacts | undefined, MessageFacts | undefined] = [created?.request, undefined];
      const used = new Set<string>();
      for (const message of messages) {
        const { methodId } = message;
        if (!message.isRequest || methodId === METHOD.ACK || methodId === METHOD.CANCEL) continue;
        const side = dialog.fromCaller(message) ? 0 : 1;
        const before = highest[side];
        const { cseqNumber: value } = message.sip;
        if (value < 0) continue;
        const key = `${side} ${value}`;
        if (before === undefined || before.sip.cseqNumber < 0) {
          highest[side] = message;
          used.add(key);
          continue;
        }
        const last = before.sip.cseqNumber;
        const data = { method: message.method, value, before: before.method, highest: last };
        const at = [message, before];
        const evidence = linesOf(at);
        if (value === last) {
          if (!isForwarded(message, before)) report({ message: 'same', data, at, evidence });
        } else if (value < last) {
          const overtaken =
            message.sip.transport === 'udp' && !used.has(key) && before.millisecondsTo(message) <= SECOND;
          report({ message: 'lower', data, at, evidence, severity: overtaken ? 'info' : 'error' });
          const final = message.transaction?.final;
          if (final !== undefined && final.status < 300) {
            const accepted = { method: message.method, status: final.status };
            report({
              message: 'accepted',
              data: accepted,
              at: [final, ...at],
              severity: 'warning',
              evidence,
            });
          }
        }
        used.add(key);
        if (value > last) highest[side] = message;
      }
    },
  }),
});

/** The same request again at this hop, after it went round by others. */
function isForwarded(message: MessageFacts, before: MessageFacts): boolean {
  return (
    message.methodId === before.methodId &&
    (message.event.upstream >= 0 || message.sip.vias.length !== before.sip.vias.length)
  );
}

function linesOf(messages: readonly MessageFacts[]): Evidence[] {
  return messages.flatMap((message) => headerEvidence(message, HEADER.CSeq, 'CSeq'));
}

const SECOND = 1000;
