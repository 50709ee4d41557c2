// A message with twice as many lines of one header is about twice the work, whatever the header: what looks through all lines for each
// of them takes minutes for a datagram. Work is counted: lines that are read, and that are walked over to find one.
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { HEADERS } from '../../src/sip/header/header-names.ts';
import { SipMessage } from '../../src/sip/message.ts';
import { workOf } from '../work.ts';
import { flow } from './flow-files.ts';

const FEW = 25;
/** Within a linear walk twice as much would be 2; all against all is 4. */
const MOST = 2.7;
const READ = ['headerId', 'headerStart', 'headerName', 'headerValue'] as const;
/** What most headers hold one or the other of; a line of each so many times. */
const VALUES = ['<sip:carol:secret@example.com>;tag=x', '1 INVITE', 'Digest username="a", response="b"'];

test.each(HEADERS.filter(({ id }) => id > 0).map(({ name }) => name))('%s', (name) => {
  const lines = VALUES.map((value) => `${name}: ${value}\n`).join('');
  const [few, many] = [FEW, 2 * FEW].map((times) => walked(lines.repeat(times)));
  expect(few).toBeGreaterThan(FEW);
  expect(many! / few!, `${few} → ${many}`).toBeLessThan(MOST);
});

test('of a header of a thousand values each finding shows as much as fits a line of a report', () => {
  const at = 'Max-Forwards: 70\n';
  const values = Array.from({ length: 1000 }, (_, n) => `<sip:proxy${n}@192.0.2.1>`).join(', ');
  const text = flow('call').replace(at, `${at}Record-Route: ${values}\n`);
  const findings = judgeCase(CATALOGUE, EMPTY_POLICY, { name: 'wide', flow: text });
  const shown = findings.flatMap(({ evidence }) => evidence.map(({ value }) => value));
  expect(findings.length).toBeGreaterThan(900);
  expect(Math.max(...shown.map(({ length }) => length))).toBe(4097);
  expect(shown.some((value) => value.startsWith('<sip:proxy0@192.0.2.1>, ') && value.endsWith('…'))).toBe(
    true,
  );
});

/** Lines that are looked at while a call is judged whose INVITE has these lines more. */
function walked(lines: string): number {
  const at = 'Max-Forwards: 70\n';
  const on = SipMessage.prototype;
  return workOf(
    [
      { on, names: READ },
      { on, names: ['find'], cost: walkedToFind },
    ],
    () => {
      judgeCase(CATALOGUE, EMPTY_POLICY, { name: 'wide', flow: flow('call').replace(at, at + lines) });
    },
  );
}

/** That there is none at all is known without a walk. */
function walkedToFind({ headerCount }: SipMessage, row: number, [, from = 0]: [number, number?]): number {
  if (row >= 0) return row - from + 1;
  return from > 0 ? headerCount - from : 1;
}
