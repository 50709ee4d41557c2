// Option tags (RFC 3261 §19.2) as messages list them in Require, Supported, Unsupported and their like.
import type { HeaderId } from '../../sip/header/header-names.ts';
import type { MessageFacts } from './message-facts.ts';

/** Whether the header lists the tag. `tag` in lower case: tokens compare without case (RFC 3261 §7.3.1). */
export function listsTag({ sip }: MessageFacts, id: HeaderId, tag: string): boolean {
  return sip.find(id) >= 0 && sip.values(id).some((value) => value.toLowerCase() === tag);
}
