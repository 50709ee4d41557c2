// A box that registers phones under Contacts of its own: calls to those, and from the phones, are told by them.
import { expect, test } from 'vitest';
import { addressKey, ContactBindings } from '../../src/legs/contact-bindings.ts';
import type { LegTraits } from '../../src/legs/traits.ts';
import { parseUri } from '../../src/sip/uri/uri.ts';
import { MODES } from './generator/mode.ts';
import { pairTraffic } from './generator/pair-traffic.ts';
import { generate } from './generator/traffic.ts';
import { trafficKey } from './generator/truth.ts';

test.each([
  ['sip:Alice@Example.com', 'sip:Alice@example.com:5060'],
  ['sip:a@192.0.2.1:5070;transport=tcp;ob', 'sip:a@192.0.2.1:5070'],
  ['sip:sbc@192.0.2.9;bnd=12;lr', 'sip:sbc@192.0.2.9:5060;bnd=12'],
  ['tel:+49301234567', ''],
])('%s is told by "%s"', (uri, key) => {
  expect(addressKey(parseUri(uri))).toBe(key);
});

test('a call goes on to the phone whose Contact was published, or comes from it', () => {
  const bindings = new ContactBindings();
  const leg = (contact: string, target = '') => ({ contact, target }) as LegTraits;
  bindings.learn(leg('phone 1'), leg('border a'));
  bindings.learn(leg('phone 2'), leg('border b'));
  // Published for two, kept as it was, none at all: they tell nothing.
  bindings.learn(leg('phone 3'), leg('border c'));
  bindings.learn(leg('phone 4'), leg('border c'));
  bindings.learn(leg('phone 5'), leg('phone 5'));
  bindings.learn(leg(''), leg(''));
  expect({
    to: bindings.between(leg('core', 'border a'), leg('box', 'phone 1')),
    from: bindings.between(leg('phone 2', 'number'), leg('border b', 'number')),
    toAnother: bindings.between(leg('core', 'border a'), leg('box', 'phone 2')),
    ofTwo: bindings.between(leg('core', 'border c'), leg('box', 'phone 3')),
    kept: bindings.between(leg('core', 'phone 5'), leg('box', 'phone 5')),
    none: bindings.between(leg(''), leg('')),
  }).toEqual({ to: 'phone 1', from: 'phone 2', toAnother: '', ofTwo: '', kept: '', none: '' });
});

test('hidden calls to the registered are told by it', () => {
  const mode = MODES.find(({ name }) => name === 'to the registered, hidden')!;
  const traffic = generate({ ...mode, phones: 30, kinds: ['to-phone'], missing: 0 }, 6, 40);
  const right = pairTraffic(traffic).pairs.filter((pair) => traffic.truth.has(trafficKey(pair)));
  const calls = right.filter(({ kind }) => kind === 'call');
  const told = calls.filter(({ signals }) => signals.some(({ name }) => name === 'registered'));
  expect({ calls: calls.length, told: told.length }).toEqual({ calls: 40, told: 40 });
});
