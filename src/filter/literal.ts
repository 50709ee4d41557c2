// What stands beside a field in a comparison → a value of the field's type; or, as an error, why it is none.

import { parseIpAddress } from '../network/ip/ip-octets.ts';
import { nearest } from '../sip/text/nearest-name.ts';
import type { Field, FieldType, Value } from './field.ts';
import { uuid } from './field-parameter.ts';
import { parseTimeText } from './time-literal.ts';

/** The types a literal can have: those of fields, and networks (`10.0.0.0/8`). */
export interface NotAValue {
  readonly problem: string;
}

/** `words` is the field (or function) as written, for messages. */
export function parseLiteral(
  text: string,
  type: FieldType,
  field: Field | undefined,
  words: string,
): Value | NotAValue {
  switch (type) {
    case 'text':
      return field?.choices === undefined ? text : choice(text, field.choices, words);
    case 'number':
      return parseNumber(text) ?? { problem: `${words} is a number, ${shown(text)} is not` };
    case 'duration':
      return parseDuration(text) ?? { problem: `${words} is a duration: seconds, or 20ms, 1.5s, 2m, 1h` };
    case 'boolean':
      return BOOLEANS[text.toLowerCase()] ?? { problem: `${words} is true or false` };
    case 'time':
      return (
        parseTimeText(text) ?? {
          problem: `${words} is a time, such as "2026-11-21 03:40:00" or "Nov 21, 2026 03:40:00"`,
        }
      );
    case 'uuid':
      return /^[\da-f-]{1,48}$/i.test(text) ? uuid(text) : { problem: `${words} is a UUID` };
    case 'address':
      return isAddressOrNetwork(text)
        ? text
        : { problem: `${words} is an IP address, ${shown(text)} is not` };
    case 'presence':
      return { problem: `${words} is there or not: it has no value to compare` };
  }
}

export function isNotAValue(value: Value | NotAValue): value is NotAValue {
  return typeof value === 'object';
}

// Decimal, 0x hexadecimal, and octal with a leading 0, as Wireshark takes them.
function parseNumber(text: string): number | undefined {
  if (/^0x[\da-f]{1,13}$/i.test(text)) return Number(text);
  if (/^0[0-7]{1,17}$/.test(text)) return Number.parseInt(text, 8);
  return /^[+-]?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

function parseDuration(text: string): number | undefined {
  const match = /^([+-]?\d{1,15}(?:\.\d{1,12})?)(ms|us|s|m|min|h)?$/.exec(text);
  return match === null ? undefined : Number(match[1]) * UNITS[match[2] ?? 's'];
}

// Words may be written as a person would: `IN CALL` is in-call.
function choice(text: string, choices: readonly string[], words: string): Value | NotAValue {
  const wanted = text.toLowerCase().replace(/[ _]/g, '-');
  if (choices.includes(wanted)) return wanted;
  const near = nearest(wanted, choices);
  const hint = near === undefined ? `one of ${choices.join(', ')}` : `did you mean ${near}?`;
  return { problem: `${words} is never ${shown(text)} (${hint})` };
}

function isAddressOrNetwork(text: string): boolean {
  const [address, prefix, ...rest] = text.split('/');
  const octets = parseIpAddress(address);
  if (octets === undefined || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= octets.length * 8);
}

function shown(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

const BOOLEANS: Readonly<Record<string, boolean>> = { true: true, false: false, '1': true, '0': false };
const UNITS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, m: 60, min: 60, h: 3600 };
