// A dialog made by an INVITE: RFC 3261 §12.1, §12.3, §13.2.2, §15; RFC 5407 §2 shows the same machine from both ends.
import { StateTable } from './state-table.ts';

export const INVITE_DIALOG = new StateTable(
  ['none', 'early', 'confirmed', 'terminated'],
  ['1xx with tag', '2xx', '300-699', 'BYE', 'BYE challenged', '408 or 481', 'request'],
  [
    ['none', '1xx with tag', 'early', 'RFC 3261 §12.1'],
    ['none', '2xx', 'confirmed', 'RFC 3261 §12.1'],
    ['none', '300-699', 'none', 'RFC 3261 §12.1'], // no dialog comes of a failure
    ['none', 'request', 'confirmed', 'RFC 3261 §12.2'], // its beginning is not in the capture
    ['none', 'BYE', 'terminated', 'RFC 3261 §15'], // likewise
    ['early', '1xx with tag', 'early', 'RFC 3261 §12.1'],
    ['early', '2xx', 'confirmed', 'RFC 3261 §13.2.2.4'],
    ['early', '300-699', 'terminated', 'RFC 3261 §12.3'],
    ['early', 'request', 'early', 'RFC 3311 §5.1'], // PRACK, UPDATE
    ['early', 'BYE', 'terminated', 'RFC 3261 §15'], // the caller may; RFC 5407 §2
    ['confirmed', '2xx', 'confirmed', 'RFC 3261 §12.2.1.2'],
    ['confirmed', '300-699', 'confirmed', 'RFC 3261 §14.1'], // a failed re-INVITE leaves the session as it was
    ['confirmed', 'request', 'confirmed', 'RFC 3261 §12.2'],
    ['confirmed', '408 or 481', 'terminated', 'RFC 3261 §12.2.1.2'],
    ['confirmed', 'BYE', 'terminated', 'RFC 3261 §15.1.1'],
    ['terminated', 'BYE', 'terminated', 'RFC 5407 §3.2.1'], // both hung up: the BYEs crossed
    ['terminated', 'BYE challenged', 'confirmed', 'RFC 3261 §22.2'], // 401, 407: the BYE did not take effect
    ['terminated', '300-699', 'terminated', 'RFC 5407 §3.2.2'], // of a re-INVITE that crossed the BYE
    ['terminated', '2xx', 'terminated', 'RFC 5407 §3.2.3'], // likewise
    ['terminated', 'request', 'terminated', 'RFC 5407 §3.2.4'],
    ['terminated', '408 or 481', 'terminated', 'RFC 3261 §15.1.2'],
  ],
);
