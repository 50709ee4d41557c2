// Whom the call's treatment hides, put into what is sent (rules.md §14; RFC 3323, RFC 3325).
import { HEADER } from '../../sip/header-names.ts';
import { parseNameAddr } from '../../sip/name-addr.ts';
import type { SideName } from '../dialog/dialog.ts';
import type { Flow } from '../flow.ts';
import type { Draft } from '../message/draft.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import type { Treatment } from '../session/treatment.ts';

/** `from`: the side that said it. */
export function hideRequest(
  _parts: Parts,
  draft: Draft,
  treatment: Treatment,
  from: SideName,
  _flow: Flow,
): void {
  // The callee is called by a name that the caller gave.
  if (from !== 'caller' || !treatment.hidesCaller) return;
  const { tag } = parseNameAddr(draft.value(HEADER.From) ?? '');
  draft.set(HEADER.From, withTag('"Anonymous" <sip:anonymous@anonymous.invalid>', tag));
}

export function hideResponse(
  _parts: Parts,
  _draft: Draft,
  _treatment: Treatment,
  _from: SideName,
  _flow: Flow,
): void {}
