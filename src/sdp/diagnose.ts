// What is wrong with a session description (RFC 8866 §5, §9): order, mandatory lines, and each line's own syntax.
import type { Diagnostic, DiagnosticSink } from '../capture/diagnostic.ts';
import { checkFields } from './diagnose-field.ts';
import { excerpt } from './excerpt.ts';
import type { SdpLine } from './line.ts';
import { checkOrder } from './line-order.ts';
import type { SessionDescription } from './session.ts';

/** At most MAX_DIAGNOSTICS, in the order of the checks. `at` is an offset from the first octet of the description. */
export function diagnoseSdp(sd: SessionDescription): Diagnostic[] {
  const found: Diagnostic[] = [];
  const origin = sd.allLines[0]?.start ?? 0;
  const report: DiagnosticSink = (diagnostic) => {
    if (found.length >= MAX_DIAGNOSTICS) return;
    found.push({ ...diagnostic, at: (diagnostic.at ?? origin) - origin });
  };
  checkLines(sd, report);
  checkOrder(sd, report);
  checkMandatory(sd, report);
  checkFields(sd, report);
  return found;
}

function checkLines(sd: SessionDescription, report: DiagnosticSink): void {
  let bare: SdpLine | undefined;
  for (const line of sd.allLines) {
    if (line.type === '') {
      const blank = line.valueEnd === line.valueStart;
      report({
        code: blank ? 'sdp/blank-line' : 'sdp/bad-line',
        severity: blank ? 'warning' : 'error',
        message: blank ? 'a blank line' : `not <type>=<value>: ${excerpt(sd.text(line))}`,
        at: line.start,
      });
    } else if (!KNOWN_TYPES.includes(line.type)) {
      // §5: a description with an unknown type letter must be ignored as a whole.
      report({
        code: 'sdp/unknown-type',
        severity: 'error',
        message: `no line has the type ${line.type}=`,
        at: line.start,
      });
    }
    if (line.end - line.valueEnd !== 2) bare ??= line;
  }
  if (bare !== undefined) {
    const what = bare.end === bare.valueEnd ? 'the last line has no line end' : 'a line ends without CRLF';
    report({ code: 'sdp/line-end', severity: 'info', message: what, at: bare.valueEnd });
  }
}

function checkMandatory(sd: SessionDescription, report: DiagnosticSink): void {
  // RFC 8866 §5: v, o, s and at least one t. (e= and p= are not needed: RFC 3264 §5.)
  for (const type of ['v', 'o', 's', 't']) {
    if (!sd.lines.some((line) => line.type === type)) {
      report({ code: 'sdp/mandatory-line', severity: 'error', message: `no ${type}= line at session level` });
    }
  }
}

const MAX_DIAGNOSTICS = 64;
const KNOWN_TYPES = 'vosiuepcbtrzkam';
