// The full validation of one message against the grammar and the MUSTs that can be seen in it alone (RFC 3261 §7, §8.1.1,
// §20, §25). What needs other messages is judged elsewhere.
import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { SipMessage } from '../message.ts';
import { diagnoseBody } from './diagnose-body.ts';
import { diagnoseHeaderLines } from './diagnose-header-lines.ts';
import { diagnosePresence } from './diagnose-presence.ts';
import { diagnoseStartLine } from './diagnose-start-line.ts';
import { diagnoseValues } from './diagnose-values.ts';
import { Findings } from './findings.ts';

export function diagnoseMessage(message: SipMessage): readonly Diagnostic[] {
  const findings = new Findings(message);
  diagnoseStartLine(findings);
  diagnoseHeaderLines(findings);
  diagnosePresence(findings);
  diagnoseValues(findings);
  diagnoseBody(findings);
  return findings.list;
}
