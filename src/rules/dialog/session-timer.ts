// RFC 4028: what Session-Expires and Min-SE may say, and that a session is refreshed or ended before it expires.
import { HEADER } from '../../sip/header/header-names.ts';
import { parseSessionExpires, type SessionExpires } from '../../sip/header/session-expires.ts';
import { METHOD } from '../../sip/method.ts';
import { factEvidence, headerEvidence } from '../evidence.ts';
import type { DialogFacts } from '../facts/dialog-facts.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { listsTag } from '../facts/option-tag.ts';
import type { TransactionFacts } from '../facts/transaction-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'dialog/session-timer',
    severity: 'warning',
    scope: 'dialog',
    tier: 2,
    since: '0.2.0',
    summary:
      'The session timer is at least 90 seconds, its refresher is named, and the session is refreshed before it expires.',
    why: 'Calls are cut after some minutes for no visible reason, or are never cleared after one side is gone.',
    exceptions: [
      'The 2xx has no Session-Expires: there is no timer, or only one of the caller.',
      'A caller without Supported: timer, whose values a proxy may raise.',
      'Requests inside the dialog take another way, or the capture ends before the session.',
      'A refresh by the side that is not the refresher, which is allowed.',
    ],
    fix: 'Set Session-Expires to 1800, put refresher and Require: timer into the 2xx, and refresh at half of the interval.',
    sources: [
      { document: 'RFC 4028', section: '4', says: 'no Session-Expires below 90 seconds' },
      { document: 'RFC 4028', section: '5', says: 'no Min-SE below 90 seconds' },
      { document: 'RFC 4028', section: '6', says: '422 carries Min-SE' },
      { document: 'RFC 4028', section: '7.1', says: 'Session-Expires of a request is not below its Min-SE' },
      { document: 'RFC 4028', section: '7.2', says: 'refresh before the session expires' },
      { document: 'RFC 4028', section: '9', says: 'what the callee puts into its 2xx' },
      { document: 'RFC 4028', section: '10', says: 'BYE where no refresh comes' },
    ],
    messages: {
      'too-small': 'Session-Expires {value} is below 90 seconds',
      'min-se': 'Min-SE {value} is below 90 seconds',
      'no-min-se': '422 to {method} lacks Min-SE',
      'below-min': 'Session-Expires {value} is below the Min-SE {expected} beside it',
      'no-refresher': 'Session-Expires of the {status} names no refresher',
      'not-required': '{status} names the caller as refresher without Require: timer',
      raised: 'Session-Expires of the {status} is {value}, the {method} asked for {expected}',
      refresher: '{status} names {value} as refresher, the {method} chose {expected}',
      expired: 'session of {value} seconds was neither refreshed nor ended in time',
    },
  },
  create: ({ report, policy }) => {
    function judgeValues(message: MessageFacts): void {
      const session = sessionOf(message);
      const evidence = headerEvidence(message, HEADER['Session-Expires'], 'Session-Expires');
      const seconds = session?.seconds;
      if (seconds !== undefined && seconds < MINIMUM)
        report({ message: 'too-small', data: { value: seconds }, at: message, evidence });
      const text = message.sip.value(HEADER['Min-SE']);
      const minimum = text === undefined ? undefined : parseSessionExpires(text).seconds;
      if (text === undefined && message.status === 422 && !message.truncated) {
        const absent = headerEvidence(message, HEADER['Min-SE'], 'Min-SE');
        report({
          message: 'no-min-se',
          data: { method: message.method },
          at: message,
          severity: 'error',
          evidence: absent,
        });
      }
      if (minimum === undefined) return;
      const shown = headerEvidence(message, HEADER['Min-SE'], 'Min-SE');
      if (minimum < MINIMUM)
        report({ message: 'min-se', data: { value: minimum }, at: message, evidence: shown });
      if (!message.isRequest || seconds === undefined || seconds >= minimum) return;
      const data = { value: seconds, expected: minimum };
      report({ message: 'below-min', data, at: message, evidence: [...evidence, ...shown] });
    }

    function judgeAnswer({ request, success }: TransactionFacts): void {
      const answered = success === undefined ? undefined : sessionOf(success);
      if (success === undefined || answered === undefined) return;
      const { status, method } = success;
      const asked = request === undefined ? undefined : sessionOf(request);
      const at = request === undefined ? [success] : [success, request];
      const evidence = at.flatMap((one) => headerEvidence(one, HEADER['Session-Expires'], 'Session-Expires'));
      if (answered.refresher === '') report({ message: 'no-refresher', data: { status }, at, evidence });
      if (request === undefined || request.truncated || success.truncated) return;
      // Without the caller's support a proxy may raise the value, and the callee is the only refresher.
      if (!listsTag(request, HEADER.Supported, 'timer')) return;
      if (answered.refresher === 'uac' && !listsTag(success, HEADER.Require, 'timer')) {
        const shown = [...evidence, ...headerEvidence(success, HEADER.Require, 'Require')];
        report({ message: 'not-required', data: { status }, at, evidence: shown });
      }
      if (asked?.seconds === undefined) return;
      if (answered.seconds !== undefined && answered.seconds > asked.seconds) {
        const data = { status, method, value: answered.seconds, expected: asked.seconds };
        report({ message: 'raised', data, at, evidence });
      }
      if (asked.refresher !== '' && answered.refresher !== '' && asked.refresher !== answered.refresher) {
        const data = { status, method, value: answered.refresher, expected: asked.refresher };
        report({ message: 'refresher', data, at, evidence });
      }
    }

    function judgeExpiry(dialog: DialogFacts): void {
      const steps = stepsOf(dialog);
      for (const [index, step] of steps.entries()) {
        const seconds = step.methodId === METHOD.BYE ? undefined : sessionOf(step)?.seconds;
        if (seconds === undefined || seconds <= 0) continue;
        const end = seconds * 1000 + 64 * policy.thresholds.t1Ms;
        const next = steps[index + 1];
        if (next === undefined ? !dialog.leg.call.covers(step, end) : step.millisecondsTo(next) <= end)
          continue;
        const evidence = headerEvidence(step, HEADER['Session-Expires'], 'Session-Expires');
        if (next !== undefined) {
          const after = `${(step.millisecondsTo(next) / 1000).toFixed(0)} s`;
          evidence.push(factEvidence(next.frame, 'time', 'next', after));
        }
        const at = next === undefined ? [step] : [step, next];
        report({ message: 'expired', data: { value: seconds }, at, evidence });
      }
    }

    return {
      transaction(transaction) {
        const { methodId, request, responses } = transaction;
        if (methodId !== METHOD.INVITE && methodId !== METHOD.UPDATE) return;
        if (request !== undefined) judgeValues(request);
        for (const response of responses) {
          if (response.status === 422 || (response.status >= 200 && response.status < 300))
            judgeValues(response);
        }
        judgeAnswer(transaction);
      },
      dialog: judgeExpiry,
    };
  },
});

/** What sets the session's end anew, or ends it: 2xx to INVITE and UPDATE, and BYE; none where requests go elsewhere. */
function stepsOf(dialog: DialogFacts): MessageFacts[] {
  const { created, messages } = dialog;
  if (created?.methodId !== METHOD.INVITE || !dialog.complete) return [];
  let isHere = false;
  const steps: MessageFacts[] = [];
  for (const message of messages) {
    const { methodId, status } = message;
    if (message.isRequest) isHere = true;
    // Also where only its answer is in the capture.
    if (methodId === METHOD.BYE) steps.push(message);
    else if (message.isRequest) continue;
    else if (status >= 200 && status < 300 && (methodId === METHOD.INVITE || methodId === METHOD.UPDATE))
      steps.push(message);
  }
  const ended = steps.findIndex(({ methodId }) => methodId === METHOD.BYE);
  return isHere ? steps.slice(0, ended < 0 ? steps.length : ended + 1) : [];
}

function sessionOf({ sip }: MessageFacts): SessionExpires | undefined {
  const value = sip.value(HEADER['Session-Expires']);
  return value === undefined ? undefined : parseSessionExpires(value);
}

const MINIMUM = 90;
