// P-Asserted-Identity: one sip or sips URI and one tel URI at most (RFC 3325 §9.1).
import { HEADER } from '../../sip/header/header-names.ts';
import { parseNameAddr } from '../../sip/uri/name-addr.ts';
import type { Draft } from '../message/draft.ts';

/** Of each kind the first stays. */
export function atMostOneOfEach(draft: Draft): void {
  if (!draft.has(HEADER['P-Asserted-Identity'])) return;
  const values = draft.values(HEADER['P-Asserted-Identity']);
  if (values.length < 2) return;
  const kinds = new Set<string>();
  const kept = values.filter((value) => {
    const { scheme } = parseNameAddr(value).uri;
    const kind = scheme === 'sips' ? 'sip' : scheme;
    if (kinds.has(kind) || !ASSERTED.has(kind)) return false;
    kinds.add(kind);
    return true;
  });
  if (kept.length < values.length) draft.replaceValues(HEADER['P-Asserted-Identity'], kept);
}

const ASSERTED: ReadonlySet<string> = new Set(['sip', 'tel']);
