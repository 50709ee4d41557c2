// Dialogs named in headers (Replaces, Join, Target-Dialog): whoever sends them means the dialog that he has with the SBC, and
// it is the other side's that the receiver knows (RFC 3891 §3, RFC 7092 §3.1.3).
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import { type DialogReference, parseDialogReference } from '../../sip/header/replaces.ts';
import type { DialogSide } from '../dialog/dialog-side.ts';
import type { DialogTable } from '../dialog/dialog-table.ts';
import { otherSide } from '../dialog/side-name.ts';
import type { Draft } from '../message/draft.ts';

export function mapReferences(draft: Draft, dialogs: DialogTable): void {
  for (const [id, toTag, fromTag] of REFERENCES) {
    const value = draft.value(id);
    if (value === undefined) continue;
    const reference = parseDialogReference(value);
    const side = meant(reference, dialogs);
    if (side === undefined) continue;
    const rest = reference.params.list
      .filter(({ name }) => !TAGS.test(name))
      .map(({ name, value: given }) => (given === undefined ? `;${name}` : `;${name}=${given}`));
    draft.set(id, `${side.callId};${toTag}=${side.remoteTag};${fromTag}=${side.localTag}${rest.join('')}`);
  }
}

/** The side whose user agent is meant to know the dialog. */
export function meant(
  { callId, toTag, fromTag }: DialogReference,
  dialogs: DialogTable,
): DialogSide | undefined {
  // The sender's own view: the SBC's tag is the one of the party to be replaced.
  const found = dialogs.named(callId, toTag, fromTag) ?? dialogs.named(callId, fromTag, toTag);
  return found?.dialog.side(otherSide(found.from));
}

/** Header, and what it calls the tags of its receiver and of the other party. */
const REFERENCES: readonly (readonly [HeaderId, string, string])[] = [
  [HEADER.Replaces, 'to-tag', 'from-tag'],
  [HEADER.Join, 'to-tag', 'from-tag'],
  [HEADER['Target-Dialog'], 'local-tag', 'remote-tag'],
];
const TAGS = /^(?:to|from|local|remote)-tag$/i;
