// A report made of a flow by three rules of the tests' own, so that what every format makes of it can be known whole.
import { joinReport } from '../../src/audit/join-report.ts';
import type { Report } from '../../src/audit/report.ts';
import { SetAudit } from '../../src/audit/set-audit.ts';
import { Correlator } from '../../src/dialog/correlator.ts';
import { OutcomeLedger } from '../../src/network/outcome.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { type Edit, editFlow } from '../../src/rules/case/edit.ts';
import { flowMessages, parseFlow } from '../../src/rules/case/flow.ts';
import { headerEvidence } from '../../src/rules/evidence.ts';
import { defineRule, type Rule } from '../../src/rules/rule.ts';
import { HEADER } from '../../src/sip/header/header-names.ts';
import { flow } from '../rules/flow-files.ts';

const META = { scope: 'message', tier: 1, since: '0.2.0', why: '', exceptions: [], sources: [] } as const;

export const RULES: readonly Rule[] = [
  defineRule({
    meta: {
      ...META,
      id: 'test/subject',
      severity: 'error',
      summary: 'No request has a Subject.',
      why: 'It is read by nobody.',
      fix: 'Leave it out.',
      sources: [
        { document: 'RFC 3261', section: '20.36' },
        { document: 'House rule', section: '' },
      ],
      messages: { seen: '{method} has the Subject {value}' },
    },
    create: ({ report }) => ({
      message(message) {
        const value = message.sip.value(HEADER.Subject);
        if (value === undefined) return;
        const evidence = headerEvidence(message, HEADER.Subject, 'Subject');
        report({ message: 'seen', data: { method: message.method, value }, at: message, evidence });
      },
    }),
  }),
  defineRule({
    meta: {
      ...META,
      id: 'test/ringing',
      severity: 'warning',
      summary: 'Nobody rings.',
      fix: 'Answer at once.',
      messages: { rang: 'rang with {status}' },
    },
    create: ({ report, notChecked }) => ({
      message(message) {
        const { status } = message;
        if (status === 180) report({ message: 'rang', data: { status }, at: message, confidence: 0.8 });
        if (status === 100) notChecked('a proxy may have sent it');
      },
      end: () => report({ message: 'rang', data: { status: 0 }, at: [], severity: 'info' }),
    }),
  }),
  defineRule({
    meta: {
      ...META,
      id: 'test/quiet',
      severity: 'info',
      summary: 'All is well.',
      fix: '',
      messages: { no: 'no' },
    },
    create: () => ({}),
  }),
];

export function reportOf(edits: readonly Edit[], path = 'day 1/trace.pcap'): Report {
  const audit = new SetAudit({
    set: 1,
    captures: [path],
    rules: RULES,
    policy: EMPTY_POLICY,
    today: '2026-11-21',
    minSeverity: 'info',
    baseline: new Set(),
  });
  const { onMessage, onCall, onDiagnostic } = audit.handlers;
  const correlator = new Correlator({
    keepMessages: true,
    onMessage: onMessage!,
    onCall: (call) => onCall!(call, { names: new Map() }),
    onDiagnostic,
  });
  const messages = flowMessages(editFlow(parseFlow(flow('call')), edits));
  const ledger = new OutcomeLedger();
  for (const message of messages) {
    ledger.read++;
    correlator.message(message);
  }
  correlator.end();
  const input = {
    path,
    format: 'pcap',
    compression: 'none',
    bytes: 4000,
    size: 4000,
    packets: messages.length,
  } as const;
  const outcome = audit.end({ inputs: [input], ledger, names: new Map() });
  return joinReport([outcome], { version: '1.2.3', policy: 'No policy given.', left: ['test/other'] });
}

/** With a Subject of this text, and a peer whose product is named so. */
export function hostileEdits(text: string): Edit[] {
  return [
    { at: 1, add: `Subject: ${text}` },
    { at: 1, replace: 'User-Agent: Phone A/1.0', by: `User-Agent: ${text}` },
  ];
}
