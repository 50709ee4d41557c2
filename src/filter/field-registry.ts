// Name → field, in any case; and what was probably meant by a name that is none.

import type { Field } from './field.ts';
import { ADDRESS_FIELDS } from './field-address.ts';
import { CALL_FIELDS } from './field-call.ts';
import { FRAME_FIELDS } from './field-frame.ts';
import { extensionHeaderField, HEADER_FIELDS, headerAliases } from './field-header.ts';
import { MESSAGE_FIELDS } from './field-message.ts';
import { PARAMETER_FIELDS } from './field-parameter.ts';
import { SDP_FIELDS } from './field-sdp.ts';

/** All fields with a name of their own, in the order of lists. */
export const FIELDS: readonly Field[] = [
  ...FRAME_FIELDS,
  ...MESSAGE_FIELDS,
  ...HEADER_FIELDS,
  ...ADDRESS_FIELDS,
  ...PARAMETER_FIELDS,
  ...SDP_FIELDS,
  ...CALL_FIELDS,
];

export function findField(name: string): Field | undefined {
  return BY_NAME.get(name.toLowerCase()) ?? extensionHeaderField(name);
}

/** The name of the field that a misspelled one is nearest to; undefined when none is near. */
export function suggestField(name: string): string | undefined {
  return nearest(
    name,
    FIELDS.map((field) => field.name),
  );
}

/** The candidate at the smallest edit distance, if that is small enough to be a slip. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = name.toLowerCase().slice(0, 64);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

// Levenshtein's distance, by rows; given up with `limit` once it cannot be less.
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j] + 1, next[j - 1] + 1));
    }
    row = next;
    if (Math.min(...row) >= limit) return limit;
  }
  return row[b.length];
}

const BY_NAME = new Map<string, Field>(FIELDS.map((field) => [field.name.toLowerCase(), field]));
for (const [alias, name] of headerAliases()) {
  const field = BY_NAME.get(name.toLowerCase());
  if (field !== undefined && !BY_NAME.has(alias)) BY_NAME.set(alias, field);
}
