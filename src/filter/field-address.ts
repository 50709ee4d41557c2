// Fields of headers whose values are addresses: sip.from.user, sip.contact.uri, sip.pai.host …
import { HEADER, type HeaderId } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import type { NameAddr } from '../sip/uri/name-addr.ts';
import { type Field, messageField as field, type Value } from './field.ts';

export const ADDRESS_FIELDS: readonly Field[] = [
  ...family('sip.from', 'addr', 'From', (message) => (message.from ? [message.from] : [])),
  ...family('sip.to', 'addr', 'To', (message) => (message.to ? [message.to] : [])),
  ...family('sip.contact', 'uri', 'Contact', contacts),
  ...family('sip.Route', 'uri', 'Route', (message) => message.routes),
  ...family('sip.Record-Route', 'uri', 'Record-Route', (message) => message.recordRoutes),
  ...headerFamily('sip.Service-Route', 'uri', HEADER['Service-Route'], 'Service-Route'),
  ...headerFamily('sip.Path', 'uri', HEADER.Path, 'Path'),
  ...headerFamily('sip.pai', 'addr', HEADER['P-Asserted-Identity'], 'P-Asserted-Identity'),
  ...headerFamily('sip.ppi', 'addr', HEADER['P-Preferred-Identity'], 'P-Preferred-Identity'),
  ...headerFamily('sip.pmiss', 'addr', HEADER['Permission-Missing'], 'Permission-Missing'),
  field('sip.contact.parameter', 'text', 'parameters of each Contact', (message, out) => {
    for (const { params } of contacts(message)) pushParameters(params, out);
  }),
  field('sip.display.info', 'text', 'display names of From, To and Contact', (message, out) => {
    for (const address of [message.from, message.to, ...contacts(message)]) {
      if (address !== undefined && address.display !== '') out.push(address.display);
    }
  }),
];

type Addresses = (message: SipMessage) => readonly NameAddr[];

function headerFamily(prefix: string, uri: 'addr' | 'uri', id: HeaderId, header: string): Field[] {
  return family(prefix, uri, header, (message) => message.addresses(id));
}

function family(prefix: string, uri: 'addr' | 'uri', header: string, addresses: Addresses): Field[] {
  const part = (name: string, what: string, pick: (address: NameAddr) => string | undefined): Field =>
    field(`${prefix}.${name}`, 'text', `${what} of ${header}`, (message, out) => {
      for (const address of addresses(message)) {
        const value = pick(address);
        if (value !== undefined && value !== '') out.push(value);
      }
    });
  return [
    part('display.info', 'display name', (address) => address.display),
    part(uri, 'URI', (address) => address.uri.text),
    part('user', 'user', (address) => address.uri.user),
    part('host', 'host', (address) => address.uri.hostText),
    part('port', 'port', ({ uri: { port } }) => (port === undefined ? undefined : String(port))),
    field(`${prefix}.param`, 'text', `URI parameters of ${header}`, (message, out) => {
      for (const address of addresses(message)) pushParameters(address.uri.params, out);
    }),
  ];
}

function contacts(message: SipMessage): readonly NameAddr[] {
  const { contacts: list } = message;
  return list === '*' ? [] : list;
}

function pushParameters(parameters: NameAddr['params'], out: Value[]): void {
  for (const { name, value } of parameters) out.push(value === undefined ? name : `${name}=${value}`);
}
