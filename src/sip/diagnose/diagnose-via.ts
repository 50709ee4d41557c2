// What is wrong with a Via value (RFC 3261 §8.1.1.7, §18.2.1, §20.42, §25.1).

import { parseVia } from '../header/via.ts';
import { hasExtraColon } from '../uri/host.ts';
import { isIPv4, isIPv6 } from '../uri/ip-address.ts';
import type { Findings } from './findings.ts';

export function diagnoseVia(findings: Findings, value: string, at: number): void {
  const via = parseVia(value);
  if (via.problems.length > 0) findings.add('sip/bad-via', `Via: ${via.problems[0]}`, at);
  else if (via.protocol.toUpperCase() !== 'SIP' || via.version !== '2.0') {
    findings.add('sip/bad-version', `Via: ${via.protocol}/${via.version}`, at);
  }
  if (hasExtraColon(value)) findings.add('sip/ipv6-extra-colon', 'Via', at);
  if (via.host === '255.255.255.255') findings.add('sip/broadcast-via', '', at);
  diagnoseReceived(findings, via.received, at);
  // RFC 3261 §8.1.1.7: z9hG4bK and something that is unique.
  const branch = via.branch.toLowerCase();
  if (branch === COOKIE) findings.add('sip/bad-branch', '', at);
  else if (branch !== '' && !branch.startsWith(COOKIE))
    findings.add('sip/old-branch', `branch ${via.branch}`, at);
}

/** RFC 3261 §25.1: via-received is an address, an IPv6 one without brackets. */
function diagnoseReceived(findings: Findings, received: string | undefined, at: number): void {
  if (received === undefined || isIPv4(received) || isIPv6(received)) return;
  if (/^\[.*\]$/.test(received) && isIPv6(received.slice(1, -1)))
    findings.add('sip/received-brackets', '', at);
  else findings.add('sip/bad-via', `Via: received=${received}`, at);
}

const COOKIE = 'z9hg4bk';
