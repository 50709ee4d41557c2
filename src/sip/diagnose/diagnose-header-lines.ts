// What is wrong with the header lines as lines (RFC 3261 §7.3, §7.5, §25.1): line ends, colons, names, octets.
import { isUtf8 } from 'node:buffer';
import { COLUMN, COLUMNS, LINE_FLAG, MAX_HEADERS } from '../scan.ts';
import type { Findings } from './findings.ts';

export function diagnoseHeaderLines(findings: Findings): void {
  const { message } = findings;
  const { flags } = message;
  if (flags & LINE_FLAG.bareLf) findings.add('sip/bare-lf', '');
  if (flags & LINE_FLAG.bareCr) findings.add('sip/bare-cr', '');
  if (flags & LINE_FLAG.strayContinuation) findings.add('sip/stray-continuation', '', message.startLineEnd);
  if (flags & LINE_FLAG.badHeader)
    for (let row = 0; row < message.headerCount; row++) diagnoseName(findings, row);
  if (flags & LINE_FLAG.tooManyHeaders)
    findings.add('sip/too-many-headers', `more than ${MAX_HEADERS} headers`);
  if (!message.headersComplete && !message.truncated) {
    findings.add('sip/headers-not-ended', '', message.bodyStart);
  }
  diagnoseOctets(findings);
}

function diagnoseName(findings: Findings, row: number): void {
  const { message } = findings;
  const { data, table } = message;
  const start = table[row * COLUMNS + COLUMN.start];
  const name = message.headerName(row);
  if (!data.subarray(start, table[row * COLUMNS + COLUMN.lineEnd]).includes(':')) {
    findings.add('sip/header-no-colon', `no colon in "${name}"`, start);
  } else if (!/^[\w\-.!%*+`'~]+$/.test(name)) {
    findings.add('sip/bad-header-name', `header name "${name}"`, start);
  }
}

/** RFC 3261 §25.1: control characters stand nowhere but in quoted pairs; text beyond ASCII is UTF-8 (§7.3.1). */
function diagnoseOctets(findings: Findings): void {
  const { message } = findings;
  const { data, start, bodyStart } = message;
  let beyondAscii = false;
  for (let at = start, odd = false; at < bodyStart; at++) {
    const octet = data[at];
    if (octet >= 128) beyondAscii = true;
    else if (!odd && (octet < 32 || octet === 127) && octet !== 9 && octet !== 10 && octet !== 13) {
      if (at > start && data[at - 1] === BACKSLASH) continue;
      findings.add('sip/control-octet', `octet 0x${octet.toString(16).padStart(2, '0')}`, at);
      odd = true;
    }
  }
  if (beyondAscii && !isUtf8(data.subarray(start, bodyStart))) findings.add('sip/bad-utf8', '');
}

const BACKSLASH = 92;
