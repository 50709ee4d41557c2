// Fields of parts of headers: credentials and challenges, reasons, charging and session identifiers.

import { HEADER, type HeaderId } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { splitOutside } from '../sip/text/delimited.ts';
import { type Parameters, parseParameters } from '../sip/uri/parameters.ts';
import { AUTHENTICATION, AUTHENTICATION_HEADERS } from './authentication.ts';
import { type Field, messageField as field, leadingNumber, type Value } from './field.ts';

export const PARAMETER_FIELDS: readonly Field[] = [
  field('sip.auth', 'text', 'credentials and challenges, whole', (message, out) =>
    out.push(...authentications(message)),
  ),
  field('sip.auth.scheme', 'text', 'scheme of authentication', (message, out) => {
    for (const value of authentications(message)) out.push(/^\s*(\S*)/.exec(value)?.[1] ?? '');
  }),
  ...AUTHENTICATION.map(([name, parameter]) =>
    field(`sip.auth.${name}`, 'text', `${parameter} of credentials and challenges`, (message, out) => {
      for (const value of authentications(message)) pushIfSet(authParameters(value).get(parameter), out);
    }),
  ),
  field('sip.reason_protocols', 'text', 'protocol of each Reason', (message, out) => {
    for (const { head } of heads(message, HEADER.Reason)) out.push(head);
  }),
  reasonCause('sip.reason_cause_q850', (protocol) => protocol === 'q.850'),
  reasonCause('sip.reason_cause_sip', (protocol) => protocol === 'sip'),
  reasonCause('sip.reason_cause_other', (protocol) => protocol !== 'q.850' && protocol !== 'sip'),
  field('sip.reason_text', 'text', 'text of each Reason', (message, out) => {
    for (const { parameters } of heads(message, HEADER.Reason)) pushIfSet(parameters.get('text'), out);
  }),
  charging('sip.icid_value', 'icid-value'),
  charging('sip.icid_gen_addr', 'icid-generated-at'),
  field('sip.P-Access-Network-Info.access-type', 'text', 'access type of the network', (message, out) => {
    for (const { head } of heads(message, HEADER['P-Access-Network-Info'])) out.push(head);
  }),
  // RFC 7989 §5: `Session-ID: <local>;remote=<remote>`
  field('sip.Session-ID.local_uuid', 'uuid', 'Session-ID of the sender', (message, out) => {
    for (const { head } of heads(message, HEADER['Session-ID'])) out.push(uuid(head));
  }),
  field('sip.Session-ID.remote_uuid', 'uuid', 'Session-ID of the receiver', (message, out) => {
    for (const { parameters } of heads(message, HEADER['Session-ID'])) {
      const remote = parameters.get('remote');
      if (remote !== undefined) out.push(uuid(remote));
    }
  }),
  field('sip.Session-ID.logme', 'boolean', 'Session-ID asks for logging', (message, out) => {
    for (const { parameters } of heads(message, HEADER['Session-ID'])) out.push(parameters.has('logme'));
  }),
];

/** Without dashes, in lower case: how identifiers compare. */
export function uuid(text: string): string {
  return text.replaceAll('-', '').toLowerCase();
}

function reasonCause(name: string, fits: (protocol: string) => boolean): Field {
  return field(name, 'number', 'cause of each Reason', (message, out) => {
    for (const { head, parameters } of heads(message, HEADER.Reason)) {
      if (fits(head.toLowerCase())) leadingNumber(parameters.get('cause'), out);
    }
  });
}

function charging(name: string, parameter: string): Field {
  return field(name, 'text', `${parameter} of P-Charging-Vector`, (message, out) => {
    for (const value of message.values(HEADER['P-Charging-Vector']))
      pushIfSet(parseParameters(value).get(parameter), out);
  });
}

/** Each value of a header, cut into what stands before the parameters and the parameters. */
function heads(message: SipMessage, id: HeaderId): { head: string; parameters: Parameters }[] {
  return message.values(id).map((value) => {
    const [head, ...rest] = splitOutside(value, ';');
    return { head: head.trim(), parameters: parseParameters(rest.join(';')) };
  });
}

function authentications(message: SipMessage): string[] {
  return AUTHENTICATION_HEADERS.flatMap((id) => {
    const values: string[] = [];
    for (let row = message.find(id); row >= 0; row = message.find(id, row + 1))
      values.push(message.headerValue(row));
    return values;
  });
}

// RFC 3261 §25.1: scheme, then parameters between commas.
function authParameters(value: string): Parameters {
  return parseParameters(value.replace(/^\s*\S*\s*/, ''), ',');
}

function pushIfSet(value: string | undefined, out: Value[]): void {
  if (value !== undefined && value !== '') out.push(value);
}
