// Bindings come and go: by REGISTER, by their time, and past a restart.

import type { Adjacency } from '../../policy/policy.ts';
import type { SipMessage } from '../../sip/message.ts';
import { flowFrom, flowRecord, text, texts } from '../flow-record.ts';
import type { Configured, Parts } from '../parts.ts';
import type { RememberedIdentifiers } from '../relay/identifier-memory.ts';
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

/** What a restart left of it. */
export function bindAgain(parts: Parts, binding: Binding): void {
  bind(parts, binding);
  if (binding.identifiers !== null) parts.memory.remember(binding.identifiers, binding.until + AFTERWARDS);
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
  const { key, callId, fromTag } = binding.identifiers ?? NO_IDENTIFIERS;
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
      identifiers: [key, callId, fromTag],
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
    identifiers: identifiersFrom(data.identifiers),
    until,
    timer: 0,
  };
}

function identifiersFrom(value: unknown): RememberedIdentifiers | null {
  const [key, callId, fromTag] = texts(value);
  if (key === undefined || callId === undefined || fromTag === undefined || key === '') return null;
  return { key, callId, fromTag };
}

function keyOf({ address, user }: Binding): string {
  return `binding ${address} ${user}`;
}

/** Milliseconds for which the identifiers are remembered after it: of the last REGISTER, that takes it back. */
export const AFTERWARDS = 32_000;
const NO_IDENTIFIERS: RememberedIdentifiers = { key: '', callId: '', fromTag: '' };
