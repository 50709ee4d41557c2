// A few hundred scenarios each time; `npm run simulate -- --scenarios 10000` for more. And what the simulation is good for: a
// core with a fault put in is found out.
import { describe, expect, test } from 'vitest';
import type { Command } from '../../../src/sbc/command.ts';
import { SbcCore } from '../../../src/sbc/core.ts';
import { messageOf } from '../../../src/sip/parse.ts';
import { CountedIdentifiers } from '../counted-identifiers.ts';
import { changedCore, edited } from './changed-core.ts';
import type { MakeCore } from './sbc-host.ts';
import { playScenario } from './scenario.ts';

const IDENTIFIERS = new CountedIdentifiers();
const makeCore: MakeCore = (policy) => new SbcCore({ policy, identifiers: IDENTIFIERS });

test('three hundred scenarios come to rest, and all that must hold, holds', () => {
  for (let seed = 20_001; seed <= 20_300; seed++) {
    const { violations, ladder, about } = playScenario(seed, makeCore);
    if (violations.length > 0)
      throw new Error(`seed ${seed} (${about}): ${violations[0]}\n${ladder.join('\n')}`);
  }
});

test('the same seed gives the same scenario', () => {
  const [one, other] = [1, 2].map(() => {
    const identifiers = new CountedIdentifiers();
    return playScenario(7, (policy) => new SbcCore({ policy, identifiers }));
  });
  expect(one).toEqual(other);
  expect(one.ladder.length).toBeGreaterThan(10);
});

describe('a fault in the core is found', () => {
  test('a BYE that never leaves: a call is left', () => {
    expect(firstFault((command) => (isRequest(command, 'BYE') ? null : command))).toMatch(
      /^(?:caller|callee) still has call /,
    );
  });

  test('a transaction that never ends', () => {
    expect(
      firstFault((command) => (command.kind === 'set-timer' && command.name === 'L' ? null : command)),
    ).toMatch(/^\d+ transactions are left in the core$|^\d+ timers are left in the core$/);
  });

  test('a Route that is passed on', () => {
    expect(
      firstFault((command) =>
        edited(command, (text) => text.replace(/^Max-Forwards/m, 'Route: <sip:sbc.com;lr>\r\nMax-Forwards')),
      ),
    ).toMatch(/^Route <sip:sbc.com;lr>: /);
  });

  test('a Content-Length that is wrong', () => {
    expect(
      firstFault((command) =>
        edited(command, (text) => text.replace(/^Content-Length: .*$/m, 'Content-Length: 7')),
      ),
    ).toMatch(/^sip\/content-length-/);
  });

  test('a branch that was used before', () => {
    expect(
      firstFault((command) =>
        edited(command, (text) => text.replace(/branch=z9hG4bKsbc\d+/, 'branch=z9hG4bKsame')),
      ),
    ).toMatch(/^branch z9hG4bKsame again: /);
  });

  test('Max-Forwards that does not go down', () => {
    expect(
      firstFault((command) =>
        edited(command, (text) => text.replace(/^Max-Forwards: 69/m, 'Max-Forwards: 70')),
      ),
    ).toMatch(/^Max-Forwards 70 after 70: /);
  });

  test('a name that privacy should keep', () => {
    expect(
      firstFault((command) =>
        edited(command, (text) => text.replace(/^Max-Forwards/m, 'X-Secret: secret-caller\r\nMax-Forwards')),
      ),
    ).toMatch(/^tells secret-caller: /);
  });

  test('a CSeq number that does not grow', () => {
    expect(
      firstFault((command) =>
        isRequest(command, 'MESSAGE')
          ? edited(command, (text) => text.replace(/^CSeq: \d+ /m, 'CSeq: 1 '))
          : command,
      ),
    ).toMatch(/^CSeq 1 after \d+: /);
  });
});

/** The first thing that is found wrong with a core whose commands are changed on their way; null takes one out. */
function firstFault(change: (command: Command) => Command | null): string {
  return firstFaultOf((policy) => changedCore(makeCore(policy), change));
}

function firstFaultOf(make: MakeCore): string {
  for (let seed = 1; seed <= 60; seed++) {
    const [fault] = playScenario(seed, make).violations;
    if (fault !== undefined) return fault;
  }
  return '';
}

function isRequest(command: Command, method: string): boolean {
  return command.kind === 'send' && messageOf(command.octets)?.method === method;
}
