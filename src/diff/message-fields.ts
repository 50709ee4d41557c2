// A message → its fields by name, each with its values in order: what the start line says, headers, and other bodies. Spelling
// that SIP takes for the same is none of it: compact names, folding, the order of headers of different names.

import { leafParts } from '../sip/body/multipart.ts';
import { HEADERS, isCommaList } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { maskedHeader } from './header-mask.ts';

export interface Field {
  /** As the registry spells it; of other headers as spelled: `Via`, `Request-URI`, `body text/plain`. */
  readonly name: string;
  readonly values: string[];
}

/** By name in lower case. */
export type Fields = Map<string, Field>;

/** With `masked`, without what is new with every call. */
export function messageFields(message: SipMessage, masked: boolean): Fields {
  const fields: Fields = new Map();
  startLineFields(message, fields);
  headerFields(message, masked, fields);
  return fields;
}

/** Bodies but for the first session description: their octets, one character each. */
export function bodyFields(message: SipMessage): Fields {
  const fields: Fields = new Map();
  const sdp = message.sdpBody();
  const parts = leafParts(message.parts());
  for (const { start, end, contentType } of parts) {
    if (start === sdp?.start) continue;
    add(fields, `body ${contentType.name}`.trimEnd(), message.data.toString('latin1', start, end));
  }
  // A multipart that cannot be taken apart is one body.
  if (parts.length === 0 && message.bodyStart < message.bodyEnd)
    add(fields, 'body', message.data.toString('latin1', message.bodyStart, message.bodyEnd));
  return fields;
}

function startLineFields(message: SipMessage, fields: Fields): void {
  if (message.isRequest) add(fields, 'Request-URI', message.requestUri);
  else add(fields, 'reason phrase', message.reason);
  add(fields, 'SIP version', message.version);
}

function headerFields(message: SipMessage, masked: boolean, fields: Fields): void {
  const { callId } = message;
  for (let row = 0; row < message.headerCount; row++) {
    const id = message.headerId(row);
    if (id === 0 && !message.headerRaw(row).includes(':')) {
      add(fields, 'line without colon', message.headerName(row));
      continue;
    }
    const name = id === 0 ? message.headerName(row) : HEADERS[id]!.name;
    // RFC 3261 §7.3.1: values of a list may stand in one row or in several.
    const isList = isCommaList(id);
    if (isList && fields.has(name.toLowerCase())) continue;
    const values = isList ? message.values(id) : [message.headerValue(row)];
    if (values.length === 0) values.push('');
    for (const value of values) add(fields, name, masked ? maskedHeader(id, value, callId) : value);
  }
}

function add(fields: Fields, name: string, value: string): void {
  const key = name.toLowerCase();
  const field = fields.get(key);
  if (field === undefined) fields.set(key, { name, values: [value] });
  else field.values.push(value);
}
