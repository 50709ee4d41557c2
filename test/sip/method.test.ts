import { expect, it } from 'vitest';
import { METHOD, METHODS, methodId, methodIdAt } from '../../src/sip/method.ts';

it('finds every method from a string and from octets', () => {
  for (const [id, name] of METHODS.entries()) {
    const octets = Buffer.from(` ${name} `);
    expect([name, methodId(name), methodIdAt(octets, 1, octets.length - 1)]).toEqual([name, id, id]);
  }
});

it.each(['invite', 'INVITES', 'INVIT', 'IN%56ITE', 'SUBSCRIBE2', 'XYZ', ''])(
  'does not take %s for one',
  (name) => {
    expect([methodId(name), methodIdAt(Buffer.from(name), 0, name.length)]).toEqual([0, 0]);
  },
);

it('names the ids', () => {
  expect([METHOD.INVITE, METHOD.REFER]).toEqual([1, 14]);
});
