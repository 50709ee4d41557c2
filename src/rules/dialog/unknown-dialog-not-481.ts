// RFC 3261 §12.2.2, §15.1.2: a request whose tags name no dialog is answered 481.

import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { headerEvidence, startLineEvidence } from '../evidence.ts';
import { isUnknownDialog } from '../facts/known-dialogs.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/unknown-dialog-not-481',
    severity: 'warning',
    scope: 'dialog',
    tier: 2,
    since: '0.2.0',
    summary: 'A request with tags of no dialog is refused with 481.',
    why: 'A box that accepts it keeps the wrong call alive, or ends one that is not meant.',
    exceptions: [
      'The beginning of the call is not in the capture, or the INVITE has no 2xx there.',
      'INVITE: a server may take it up again after a crash.',
      'NOTIFY: it may come before the 2xx to the SUBSCRIBE, with a tag of its own; message/notify-rules judges it.',
      'Refusals for another reason, and requests challenged first.',
    ],
    fix: 'Look the dialog up by Call-ID and both tags, and answer 481 where there is none.',
    sources: [
      { document: 'RFC 3261', section: '12.2.2', says: '481 where no dialog matches' },
      { document: 'RFC 3261', section: '15.1.2', says: 'the same for BYE' },
    ],
    messages: { accepted: '{method} with tags of no dialog was answered {status}' },
  },
  create: ({ report }) => ({
    dialog(dialog) {
      if (!isUnknownDialog(dialog)) return;
      for (const { methodId, request, final } of dialog.transactions) {
        if (request === undefined || final === undefined || final.status >= 300) continue;
        if (methodId === METHOD.INVITE || methodId === METHOD.NOTIFY) continue;
        const data = { method: request.method, status: final.status };
        const evidence = [
          startLineEvidence(final),
          ...headerEvidence(request, HEADER.From, 'From'),
          ...headerEvidence(request, HEADER.To, 'To'),
        ];
        report({ message: 'accepted', data, at: [final, request], evidence });
      }
    },
  }),
});
