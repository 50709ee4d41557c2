// A call in one line, for tables of scenarios:
// `call completed by callee 10.0.0.2:5060 BYE 8 | terminated | 9 messages, 2 again`.
import type { Call } from '../../src/dialog/call.ts';

export function outcome(call: Call): string {
  const { cause } = call;
  const why =
    cause === null
      ? ''
      : ` by ${[
          cause.by,
          cause.endpoint,
          cause.method,
          cause.status > 0 ? String(cause.status) : '',
          cause.reason,
          cause.frame || '',
        ]
          .filter((part) => part !== '')
          .join(' ')}`;
  const dialogs = call.dialogs.map((dialog) => dialog.state).join(' ') || 'none';
  const again = call.retransmissions > 0 ? `, ${call.retransmissions} again` : '';
  const twice = call.duplicates > 0 ? `, ${call.duplicates} twice` : '';
  const partial = call.partial ? ' partial' : '';
  return `${call.kind} ${call.state}${why}${partial} | ${dialogs} | ${call.messages} messages${again}${twice}`;
}
