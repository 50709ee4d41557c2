// Name → field, in any case; and what was probably meant by a name that is none.

import { nearest } from '../sip/text/nearest-name.ts';
import type { Field } from './field.ts';
import { ADDRESS_FIELDS } from './field-address.ts';
import { CALL_FIELDS } from './field-call.ts';
import { FRAME_FIELDS } from './field-frame.ts';
import { extensionHeaderField, HEADER_FIELDS, headerAliases } from './field-header.ts';
import { MESSAGE_FIELDS } from './field-message.ts';
import { PARAMETER_FIELDS } from './field-parameter.ts';
import { PASSAGE_FIELDS } from './field-passage.ts';
import { SDP_FIELDS } from './field-sdp.ts';

/** All fields with a name of their own, in the order of lists. */
export const FIELDS: readonly Field[] = [
  ...FRAME_FIELDS,
  ...PASSAGE_FIELDS,
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

const BY_NAME = new Map<string, Field>(FIELDS.map((field) => [field.name.toLowerCase(), field]));
for (const [alias, name] of headerAliases()) {
  const field = BY_NAME.get(name.toLowerCase());
  if (field !== undefined && !BY_NAME.has(alias)) BY_NAME.set(alias, field);
}
