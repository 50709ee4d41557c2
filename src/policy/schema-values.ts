// The leaves of the policy's schema: what a value must look like, in words for people and as patterns for editors. The JSON
// Schema says what patterns can; what they cannot (256 in an address) is checked besides.
import { z } from 'zod';
import { parseUri } from '../sip/uri/uri.ts';
import { parseRange } from './address-range.ts';
import { DURATION, parseDuration } from './duration.ts';
import { HOST_ADDRESS, parseLocalAddress } from './host-address.ts';

export function name(description: string, examples: readonly string[]) {
  return described(
    z
      .string('a name')
      .min(1, 'a name, not an empty one')
      .max(200, 'a name of 200 characters at most')
      .regex(NO_CONTROLS, 'a name without line breaks or other control characters'),
    description,
    examples,
  );
}

/** A pattern with `*` and `?`. */
export function pattern(description: string, examples: readonly string[]) {
  return name(description, examples);
}

export function range() {
  return checked(
    RANGE,
    (text) => parseRange(text) !== undefined,
    'an IP address, a network such as 10.0.0.0/8, or a host name',
  );
}

export function ranges(description: string, examples: readonly (readonly string[])[]) {
  return described(z.array(range()), description, examples);
}

export function hostAddress() {
  return checked(
    HOST_ADDRESS,
    (text) => parseLocalAddress(text) !== undefined,
    'host[:port][;transport=udp|tcp|tls|ws|wss], such as 192.0.2.1 or [2001:db8::1]:5062',
  );
}

export function sipUri() {
  return checked(
    /^sips?:[^\s<>]+$/,
    (text) => {
      const uri = parseUri(text);
      return uri.valid && uri.host !== '';
    },
    'a URI such as sip:sbc.example.com',
  );
}

export function addressOfRecord() {
  return checked(
    /^(sips?|tel):[^\s<>]+$/,
    (text) => parseUri(text).valid,
    'an address of record such as sip:bob@example.com',
  );
}

export function date() {
  return checked(DATE, isDate, 'a day such as 2027-01-31');
}

export function duration(description: string, usual: string) {
  const value = checked(
    DURATION,
    (text) => parseDuration(text) !== undefined,
    'a duration such as 4s, 200ms, 15min or 24h',
  );
  return value.meta({ description, examples: [usual], default: usual }).optional();
}

export function ratio(description: string, usual: number) {
  const words = 'a number from 0 to 1';
  const value = z.number(words).min(0, words).max(1, words);
  return value.meta({ description, examples: [usual], default: usual }).optional();
}

export function count(description: string, usual: number, most = 1_000_000) {
  const words = `a whole number from 1 to ${most}`;
  const value = z.int(words).min(1, words).max(most, words);
  return value.meta({ description, examples: [usual], default: usual }).optional();
}

export function choice<const Value extends string>(
  values: readonly [Value, ...Value[]],
  description: string,
  usual?: Value,
) {
  const value = z.enum(values, { error: oneOf(values) });
  return value
    .meta({ description, examples: [...values], ...(usual === undefined ? {} : { default: usual }) })
    .optional();
}

export function flag(description: string, usual: boolean) {
  const value = z.boolean('true or false');
  return value.meta({ description, examples: [!usual], default: usual }).optional();
}

/** true, false, or unknown: to be inferred. */
export function known(description: string) {
  const value = z.literal([true, false, 'unknown'], { error: 'true, false or unknown' });
  return value.meta({ description, examples: [true, false, 'unknown'], default: 'unknown' }).optional();
}

export function described<Schema extends z.ZodType>(
  schema: Schema,
  description: string,
  examples: readonly unknown[],
  usual?: unknown,
): Schema {
  return schema.meta({
    description,
    examples: [...examples],
    ...(usual === undefined ? {} : { default: usual }),
  });
}

export function oneOf(values: readonly string[]): string {
  return values.length === 1 ? values[0] : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

function checked(form: RegExp, holds: (text: string) => boolean, words: string) {
  return z.string(words).regex(form, { error: words, abort: true }).refine(holds, words);
}

/** A day that the calendar has. */
function isDate(text: string): boolean {
  const [, year, month, day] = DATE.exec(text)!.map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

const NO_CONTROLS = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;
const RANGE = /^[A-Za-z0-9.:-]{1,255}(\/[0-9]{1,3})?$/;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
