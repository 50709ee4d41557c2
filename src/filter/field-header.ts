// sip.<Header-Name> for every registered header, one value for each row; and sip.header.<Name> for any other one.
import { HEADERS } from '../sip/header/header-names.ts';
import { type Field, messageField as field, leadingNumber } from './field.ts';
import { NUMERIC_NAMES, WIRESHARK_NAMES } from './wireshark-header.ts';

export const HEADER_FIELDS: readonly Field[] = HEADERS.slice(1).map(({ id, name, purpose }) => {
  const numeric = NUMERIC_NAMES.includes(name);
  return field(
    `sip.${WIRESHARK_NAMES[name] ?? name}`,
    numeric ? 'number' : 'text',
    purpose,
    (message, out) => {
      for (let row = message.find(id); row >= 0; row = message.find(id, row + 1)) {
        const value = message.headerValue(row);
        if (numeric) leadingNumber(value, out);
        else out.push(value);
      }
    },
  );
});

/** Other spellings → the field's name, in lower case: `sip.sip-etag`, and `sip.referred-by`. */
export function headerAliases(): [alias: string, name: string][] {
  return Object.entries(WIRESHARK_NAMES).map(([header, name]) => [
    `sip.${header}`.toLowerCase(),
    `sip.${name}`,
  ]);
}

/**
 * A field for a header that is not registered: `sip.X-Anything`, `sip.P-Anything`, and `sip.header.Anything` for names
 * that could as well be a slip of the pen. Undefined for other names.
 */
export function extensionHeaderField(name: string): Field | undefined {
  const match = EXTENSION.exec(name);
  if (match === null) return undefined;
  const header = match[1] ?? match[2];
  return field(name, 'text', `the header ${header}`, (message, out) => {
    for (let row = message.findName(header); row >= 0; row = message.findName(header, row + 1)) {
      out.push(message.headerValue(row));
    }
  });
}

const EXTENSION = /^sip\.(?:header\.([\w\-.!%*+`'~]+)|([xp]-[\w\-!%*+`'~]+))$/i;
