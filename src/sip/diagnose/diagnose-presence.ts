// Which headers are missing and which occur too often (RFC 3261 §7.3.1, §8.1.1, §8.2.6.2, §20 and the documents of the
// methods).

import { HEADER, HEADERS, type HeaderId } from '../header/header-names.ts';
import { METHOD, type MethodId } from '../method.ts';
import type { Findings } from './findings.ts';

export function diagnosePresence(findings: Findings): void {
  const { message } = findings;
  for (const id of REQUIRED) if (message.find(id) < 0) missing(findings, id);
  if (message.isRequest) diagnoseRequest(findings);
  if (message.fromRow >= 0 && message.fromTagStart < 0) findings.add('sip/missing-from-tag', '');
  if (message.viaRow >= 0 && message.branchStart < 0) findings.add('sip/missing-branch', '');
  diagnoseDuplicates(findings);
}

function diagnoseRequest(findings: Findings): void {
  const { message } = findings;
  for (const id of REQUIRED_BY_METHOD.get(message.methodId) ?? []) {
    if (message.find(id) < 0) missing(findings, id);
  }
  // RFC 3261 §8.1.1: every request has Max-Forwards; those of RFC 2543 do not.
  if (message.find(HEADER['Max-Forwards']) < 0) findings.add('sip/missing-max-forwards', '');
  // RFC 3261 §8.1.1.8, RFC 6665 §4.1.2.1, RFC 3515 §2.2: requests that can establish a dialog have one Contact.
  if (MAKES_DIALOG.includes(message.methodId) && message.find(HEADER.Contact) < 0) {
    findings.add('sip/missing-contact', '');
  }
}

function missing(findings: Findings, id: HeaderId): void {
  findings.add('sip/missing-header', `no ${HEADERS[id].name}`);
}

function diagnoseDuplicates(findings: Findings): void {
  const { message } = findings;
  const seen = new Set<HeaderId>();
  for (let row = 0; row < message.headerCount; row++) {
    const id = message.headerId(row);
    if (id === 0 || HEADERS[id].shape !== 'single') continue;
    if (seen.has(id))
      findings.add('sip/duplicate-header', `${HEADERS[id].name} again`, message.headerStart(row));
    seen.add(id);
  }
}

/** RFC 3261 §8.1.1 and §8.2.6.2: in every message. */
const REQUIRED: readonly HeaderId[] = [HEADER.Via, HEADER.From, HEADER.To, HEADER['Call-ID'], HEADER.CSeq];

const REQUIRED_BY_METHOD: ReadonlyMap<MethodId, readonly HeaderId[]> = new Map([
  [METHOD.PRACK, [HEADER.RAck]], // RFC 3262 §7.2
  [METHOD.SUBSCRIBE, [HEADER.Event]], // RFC 6665 §8.2.1
  [METHOD.NOTIFY, [HEADER.Event, HEADER['Subscription-State']]], // RFC 6665 §8.2.1, §8.2.3
  [METHOD.PUBLISH, [HEADER.Event]], // RFC 3903 §4.1
  [METHOD.REFER, [HEADER['Refer-To']]], // RFC 3515 §2.4.1
]);

const MAKES_DIALOG: readonly MethodId[] = [METHOD.INVITE, METHOD.SUBSCRIBE, METHOD.REFER];
