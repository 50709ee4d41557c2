// Bindings come and go: by REGISTER, by their time, and past a restart.

import type { Adjacency } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import { flowFrom, flowRecord, text, texts } from '../flow-record.ts';
import type { Configured, Parts } from '../parts.ts';
import type { StoredRecord } from '../stored-record.ts';
import { addressOfRecord, type Binding } from './binding-table.ts';

export function bind(parts: Parts, binding: Binding): void {
  const { outbox, bindings, limits } = parts;
  const before = bindings.published(binding.user);
  if (before === undefined && bindings.size >= limits.bindings) {
    outbox.log('warn', 'sbc/too-many-bindings', { address: binding.address });
    return;
  }
  outbox.clearTimer(before?.timer ?? 0);
  binding.timer = outbox.setTimer('binding', Math.max(binding.until - outbox.now, 0), () =>
    unbind(parts, binding),
  );
  bindings.put(binding);
  if (parts.persists) outbox.store(bindingRecord(binding));
}

export function unbind(parts: Parts, binding: Binding | undefined): void {
  if (binding === undefined || parts.bindings.published(binding.user) !== binding) return;
  parts.outbox.clearTimer(binding.timer);
  parts.bindings.remove(binding);
  if (parts.persists) parts.outbox.forget(keyOf(binding));
}

/** The binding of who sends a request: his address of record, and the Contact where he has several. */
export function bindingOfCaller(
  { bindings }: Parts,
  inbound: Adjacency,
  request: SipMessage,
): Binding | undefined {
  if (bindings.size === 0 || request.from === undefined) return undefined;
  const mine = bindings
    .of(addressOfRecord(request.from.uri))
    .filter(({ subscriber }) => subscriber === inbound);
  const { contacts } = request;
  const contact = contacts === '*' || contacts.length === 0 ? '' : contacts[0].uri.text;
  return mine.find((binding) => binding.contact === contact) ?? mine[0];
}

function bindingRecord(binding: Binding): StoredRecord {
  const { address, contact, user, publishedUri, subscriber, registrar, flow, path, serviceRoute, until } =
    binding;
  return {
    version: 1,
    kind: 'binding',
    key: keyOf(binding),
    until,
    data: {
      address,
      contact,
      user,
      publishedUri,
      subscriber: subscriber.name,
      registrar: registrar.name,
      flow: flowRecord(flow),
      path,
      serviceRoute,
    },
  };
}

/** undefined for a record that is none, or whose adjacencies are gone. */
export function bindingFrom({ adjacencies }: Configured, { data, until }: StoredRecord): Binding | undefined {
  const subscriber = adjacencies.named(text(data.subscriber));
  const registrar = adjacencies.named(text(data.registrar));
  const flow = flowFrom(data.flow);
  const user = text(data.user);
  if (subscriber === undefined || registrar === undefined || flow === undefined || user === '')
    return undefined;
  return {
    address: text(data.address),
    contact: text(data.contact),
    user,
    publishedUri: text(data.publishedUri),
    subscriber,
    registrar,
    flow,
    path: texts(data.path),
    serviceRoute: texts(data.serviceRoute),
    until,
    timer: 0,
  };
}

function keyOf({ address, user }: Binding): string {
  return `binding ${address} ${user}`;
}
