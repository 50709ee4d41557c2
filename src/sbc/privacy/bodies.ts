// Bodies other than session descriptions that tell who or where somebody is (rules.md §14). What users write to each other
// is not touched.
import { METHOD } from '../../sip/method.ts';
import { editParts } from '../message/body-parts.ts';
import type { Draft } from '../message/draft.ts';
import { ANONYMOUS_URI } from './anonymous.ts';
import type { EditContext } from './value-edits.ts';

/** True when a body is left that tells who the user is. */
export function hideBodies(draft: Draft, { causes, inner }: EditContext): boolean {
  const { message } = draft;
  const hidesPerson = causes.has('user') || causes.has('hidden');
  const isState = STATE.has(message.methodId);
  let tells = false;
  editParts(draft, ({ contentType }, content) => {
    switch (contentType.name) {
      // RFC 3515 §2.4.5: the status line is what a NOTIFY must have; the rest are headers of another dialog.
      case 'message/sipfrag':
        return firstLine(content);
      // RFC 3261 §23.4.1: a copy of the message as it was.
      case 'message/sip':
        return null;
      // RFC 6442 §3.1: the location Geolocation points to. In PUBLISH and NOTIFY it is what they are about.
      case 'application/pidf+xml':
        if (!isState) return hidesPerson ? null : undefined;
        break;
      // RFC 3862 §4.1.
      case 'message/cpim':
        return hidesPerson ? withoutSender(content) : undefined;
      case 'application/pkcs7-mime':
      case 'application/x-pkcs7-mime':
        tells ||= hidesPerson;
        return undefined;
    }
    if (!contentType.name.endsWith('+xml')) return undefined;
    tells ||= hidesPerson && TELLS.has(contentType.name);
    const text = content.toString('utf8');
    const masked = inner.mask(text);
    return masked === text ? undefined : Buffer.from(masked);
  });
  return tells;
}

function firstLine(content: Buffer): Buffer | undefined {
  const text = content.toString('latin1');
  const end = text.search(/[\r\n]/);
  return end < 0 ? undefined : Buffer.from(`${text.slice(0, end)}\r\n`, 'latin1');
}

/** In the headers of the message alone, above the first empty line. */
function withoutSender(content: Buffer): Buffer | undefined {
  const text = content.toString('latin1');
  const end = text.search(/\r\n\r\n|\n\n/);
  const head = end < 0 ? text : text.slice(0, end);
  const hidden = head.replace(/^(From:)[^\r\n]*/gim, `$1 Anonymous <${ANONYMOUS_URI}>`);
  return hidden === head ? undefined : Buffer.from(hidden + text.slice(head.length), 'latin1');
}

const STATE: ReadonlySet<number> = new Set([METHOD.PUBLISH, METHOD.NOTIFY]);
const TELLS: ReadonlySet<string> = new Set([
  'application/pidf+xml',
  'application/reginfo+xml',
  'application/dialog-info+xml',
  'application/conference-info+xml',
]);
