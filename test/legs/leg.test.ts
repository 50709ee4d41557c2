// Legs of calls: which messages went between which boxes.
import { globSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Call } from '../../src/dialog/call.ts';
import { legsOf } from '../../src/legs/leg.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { hasSharedCaptures, whetherShared } from '../capture/shared.ts';
import { callOf } from '../dialog/scenario.ts';

test.each([
  {
    name: 'a call between two boxes is one leg',
    script: `0 A>B INVITE
             9 B>A 200
             10 A>B ACK to=b
             20 B>A BYE from=b to=a
             21 A>B 200 of=BYE from=b to=a`,
    legs: ['A>B 1-5 INVITE'],
  },
  {
    name: 'a proxy has two',
    script: `0 A>B INVITE
             1 B>A 100
             2 B>C INVITE via=2
             9 C>B 200 via=2
             10 B>A 200
             11 A>B ACK to=b
             12 B>C ACK to=b via=2`,
    legs: ['A>B 1,2,5,6 INVITE', 'B>C 3,4,7 INVITE'],
  },
  {
    name: 'a fork has one for each branch',
    script: `0 A>B INVITE
             2 B>C INVITE via=2
             3 B>D INVITE via=2
             9 C>B 200 to=c via=2
             10 B>A 200 to=c
             11 B>D CANCEL`,
    legs: ['A>B 1,5 INVITE', 'B>C 2,4 INVITE', 'B>D 3,6 INVITE'],
  },
  {
    name: 'boxes that share an ip are told apart by their ports',
    script: `0 A1>A INVITE
             2 A>A2 INVITE via=2
             9 A2>A 200 via=2
             10 A>A1 200
             11 A1>A ACK to=b
             12 A>A2 ACK to=b via=2`,
    legs: ['A1>A 1,4,5 INVITE', 'A>A2 2,3,6 INVITE'],
  },
  {
    name: 'two phones behind one address are told apart',
    script: `0 A1>B INVITE
             2 B>A2 INVITE via=2
             9 A2>B 200 via=2
             10 B>A1 200
             11 A1>B ACK to=b
             12 B>A2 ACK to=b via=2
             20 A2>B BYE from=b to=a
             21 B>A1 BYE from=b to=a via=2`,
    legs: ['A1>B 1,4,5,8 INVITE', 'B>A2 2,3,6,7 INVITE'],
  },
  {
    name: 'branches of a fork to two ports of one host too',
    script: `0 A>B INVITE
             2 B>C1 INVITE via=2
             3 B>C2 INVITE via=2 branch=other`,
    legs: ['A>B 1 INVITE', 'B>C1 2 INVITE', 'B>C2 3 INVITE'],
  },
  {
    name: 'a box that answers from another port is one box',
    script: `0 A>B INVITE
             1 B7>A 100 branch=INVITE-1-AB
             9 B7>A 200 branch=INVITE-1-AB
             10 A>B7 ACK to=b
             20 B7>A BYE from=b to=a`,
    legs: ['A>B 1-5 INVITE'],
  },
  {
    name: 'a client that connects from ports of its own is one box',
    script: `0 A900>B INVITE tcp
             9 B>A900 200 tcp
             10 A901>B ACK to=b tcp
             20 B900>A BYE from=b to=a tcp
             21 A>B900 200 of=BYE from=b to=a tcp`,
    legs: ['A900>B 1-5 INVITE'],
  },
  {
    name: 'a proxy on the same host, over connections',
    script: `0 A900>A INVITE tcp
             1 A901>A2 INVITE via=2 tcp
             9 A2>A901 200 via=2 tcp
             10 A>A900 200 tcp`,
    legs: ['A900>A 1,4 INVITE', 'A901>A2 2,3 INVITE'],
  },
  {
    name: 'a caller who is called back by way of the proxy has two legs',
    script: `0 A>B INVITE
             2 B>A INVITE via=2
             9 A>B 200 via=2
             10 B>A 200
             11 A>B ACK to=b
             12 B>A ACK to=b via=2
             20 A>B BYE from=b to=a
             21 B>A BYE from=b to=a via=2`,
    legs: ['A>B 1,4,5,8 INVITE', 'B>A 2,3,6,7 INVITE'],
  },
  {
    name: 'a call that was under way has legs without a beginning',
    script: `0 A>B BYE to=b
             2 B>C BYE to=b via=2
             9 C>B 200 of=BYE to=b via=2
             10 B>A 200 of=BYE to=b`,
    legs: ['A>B 1,4 -', 'B>C 2,3 -'],
  },
  {
    name: 'responses alone say which way their request went',
    script: `0 C>B 180
             2 B>A 180`,
    legs: ['B>C 1 -', 'A>B 2 -'],
  },
])('$name', ({ script, legs }) => {
  expect(shortLegs(callOf(script))).toEqual(legs);
});

test('a call that is asked again gives the same legs', () => {
  const call = callOf('0 A>B INVITE');
  expect(legsOf(call)[0]).toBe(legsOf(call)[0]);
});

test('every message of the samples is in one leg, of two boxes', async () => {
  expect(await misplaced(globSync(`${SAMPLES}/*/*.{pcap,pcapng,pcap.gz}`))).toEqual([]);
});

test(`every call of the real boxes has a leg at each side that its Call-ID shows${whetherShared}`, async () => {
  if (!hasSharedCaptures) return;
  expect(await misplaced(globSync(`${SBC}/*.pcap`))).toEqual([]);
  expect(await shapes('k-plain-tcp')).toEqual({ '10:5060>20:5060 30:40417>40:5060': 120 });
  expect(await shapes('k-topos-udp')).toEqual({ '10:5060>20:5060 30:5060>40:5060': 120 });
  expect(await shapes('s-dlgid-udp')).toEqual({ '10:5060>20:5060 30:5060>40:5060': 120 });
  expect(await shapes('s-hide-udp')).toEqual({ '10:5060>20:5060': 120, '30:5060>40:5060': 128 });
});

/** `A>B 1,4 INVITE`: from, to, frames, method of the initial request. */
function shortLegs(call: Call): string[] {
  return legsOf(call).map(({ from, to, events, initial }) => {
    const frames = events.map(({ message }) => message.frame);
    const all = frames.length > 2 && frames.length === frames.at(-1)! - frames[0]! + 1;
    const list = all ? `${frames[0]}-${frames.at(-1)}` : frames.join(',');
    return `${letter(from)}>${letter(to)} ${list} ${initial?.message.method ?? '-'}`;
  });
}

function letter({ ip, port }: { ip: string; port: number }): string {
  return `${String.fromCharCode(64 + Number(ip.split('.')[3]))}${port === 5060 ? '' : port - 5060}`;
}

/** Calls whose legs do not hold each of their messages once, or hold one of a third box. */
async function misplaced(inputs: readonly string[]): Promise<string[]> {
  const wrong: string[] = [];
  for (const input of inputs) {
    await readCaptures({
      inputs: [input],
      keepMessages: true,
      onCall(call) {
        const legs = legsOf(call);
        const placed = legs.flatMap(({ events }) => events);
        const isOnceEach = new Set(placed).size === placed.length && placed.length === call.events!.length;
        const isBetweenTwo = legs.every(({ events, from, to }) =>
          events.every(
            ({ message: { src, dst } }) => [from.ip, to.ip].sort().join() === [src.ip, dst.ip].sort().join(),
          ),
        );
        if (!isOnceEach || !isBetweenTwo) wrong.push(`${input} ${call.callId}`);
      },
    });
  }
  return wrong;
}

/** How many calls have which legs, addresses without `127.0.0.`. */
async function shapes(name: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  await readCaptures({
    inputs: [join(SBC, `${name}.pcap`)],
    keepMessages: true,
    onCall(call) {
      const shape = legsOf(call)
        .map(({ from, to }) => `${from.text}>${to.text}`.replaceAll('127.0.0.', ''))
        .join(' ');
      counts[shape] = (counts[shape] ?? 0) + 1;
    },
  });
  return counts;
}

const SAMPLES = resolve(import.meta.dirname, '../../samples');
const SBC = resolve(import.meta.dirname, '../../../shared/captures/sbc');
