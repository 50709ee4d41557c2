// The Privacy header of what goes on (RFC 3323 §5): values that were carried out are taken out, with the last of them the
// header, and with it `privacy` in Proxy-Require. `none` is not touched.
import { HEADER } from '../../sip/header/header-names.ts';
import { parsePrivacy } from '../../sip/header/privacy.ts';
import type { Draft } from '../message/draft.ts';

export function takeOut(draft: Draft, done: ReadonlySet<string>): void {
  const values = draft.values(HEADER.Privacy).flatMap(parsePrivacy);
  if (values.length === 0 || values.includes('none') || !values.some((value) => done.has(value))) return;
  const left = [...new Set(values)].filter((value) => !done.has(value));
  if (left.some((value) => value !== 'critical')) {
    // §4.2: critical comes last.
    const ordered = [
      ...left.filter((value) => value !== 'critical'),
      ...left.filter((value) => value === 'critical'),
    ];
    draft.set(HEADER.Privacy, ordered.join(';'));
    return;
  }
  draft.remove(HEADER.Privacy);
  const required = draft.values(HEADER['Proxy-Require']);
  const rest = required.filter((tag) => tag.toLowerCase() !== 'privacy');
  if (rest.length < required.length)
    draft.replaceValues(HEADER['Proxy-Require'], rest.length === 0 ? [] : [rest.join(', ')]);
}
