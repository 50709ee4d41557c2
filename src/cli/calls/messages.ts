// `sipspect messages`: one line, or one JSON object, for each SIP message.
import type { MessageInfo } from '../../dialog/call.ts';
import { spellOut } from '../../dialog/record/json-text.ts';
import { writeMessageRecord } from '../../dialog/record/message-record.ts';
import { printable } from '../../ladder/printable.ts';
import type { SipMessage } from '../../sip/message.ts';
import { openFilter } from '../filter.ts';
import type { CommonOptions } from '../options.ts';
import { formatDateAndClock } from '../output/format.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';

export async function messages(captures: readonly string[], options: CommonOptions): Promise<void> {
  const output = new Output();
  const filter = await openFilter(options.filter);
  await filter?.settle(captures);
  await read(captures, options, {
    output,
    keepsLittle: true,
    onMessage(message, info) {
      if (filter !== null && !filter.message(message, info)) return;
      if (options.json) output.line(spellOut(writeMessageRecord(message, info)));
      else output.line(messageLine(message, info));
    },
  });
  await output.flush();
}

/** `12 2026-11-21 03:40:00.123456 10.0.0.1:5060 → 10.0.0.2:5060 udp INVITE sip:bob@example.com (1 INVITE) abc@host`. */
function messageLine(message: SipMessage, info: MessageInfo): string {
  const what = message.isRequest
    ? `${message.method} ${message.requestUri}`
    : `${message.status} ${message.reason}`;
  const cseq = message.cseqNumber < 0 ? '' : ` (${message.cseqNumber} ${message.cseqMethod})`;
  const again =
    info.retransmissionOf > 0
      ? ` [retransmission of ${info.retransmissionOf}]`
      : info.duplicateOf > 0
        ? ` [duplicate of ${info.duplicateOf}]`
        : '';
  return [
    String(message.frame).padStart(6),
    formatDateAndClock(message),
    `${message.src.text} → ${message.dst.text}`,
    message.transport.toUpperCase(),
    printable(what + cseq) + again,
    printable(message.callId),
  ].join('  ');
}
