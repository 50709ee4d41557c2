// Contact that names the SBC instead of the user agent (RFC 3261 §8.1.1.8; Cisco IM: "rewrite the Contact").
import { HEADER } from '../../sip/header/header-names.ts';
import type { Draft } from '../message/draft.ts';
import { withUri } from '../message/uri.ts';

/** Where there is a Contact: display name and parameters stay, the URI is the SBC's. */
export function ownContact(draft: Draft, uri: string): void {
  const values = draft.values(HEADER.Contact);
  if (values.length === 0 || uri === '') return;
  draft.set(HEADER.Contact, values[0].trim() === '*' ? `<${uri}>` : withUri(values[0], uri));
}
