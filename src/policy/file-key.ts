// Names of fields ↔ keys in the file: `imPrivacyPort` is `im-privacy-port`, and a time in milliseconds, `t1Ms`, is the
// duration `t1` (`bruteForceMs` is `brute-force-time`, beside `brute-force-failures`).
import { formatDuration, parseDuration } from './duration.ts';

type Value = string | number | boolean;

/** `{ 't1': '500ms' }` → `{ t1Ms: 500 }`. */
export function fromKeys(file: Readonly<Record<string, Value | undefined>>): Record<string, Value> {
  const fields: Record<string, Value> = {};
  for (const [key, value] of Object.entries(file)) {
    if (value === undefined) continue;
    const duration = typeof value === 'string' ? parseDuration(value) : undefined;
    if (duration === undefined) fields[camel(key)] = value;
    else fields[`${camel(key.replace(/-time$/, ''))}Ms`] = duration;
  }
  return fields;
}

/** `{ t1Ms: 500 }` → `{ 't1': '500ms' }`; null is left out. */
export function toKeys(fields: object, keys: readonly string[]): Record<string, Value> {
  const file: Record<string, Value> = {};
  const all = new Map<string, Value | null>(Object.entries(fields));
  for (const key of keys) {
    const time = all.get(`${camel(key.replace(/-time$/, ''))}Ms`);
    const value = typeof time === 'number' ? formatDuration(time) : all.get(camel(key));
    if (value !== undefined && value !== null) file[key] = value;
  }
  return file;
}

function camel(key: string): string {
  return key
    .split('-')
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}
