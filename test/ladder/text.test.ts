import { expect, test } from 'vitest';
import { Aliases } from '../../src/ladder/alias.ts';
import { type DrawOptions, draw } from '../../src/ladder/draw.ts';
import type { Flow } from '../../src/ladder/flow.ts';
import { ANSI_COLOURS } from '../../src/ladder/palette.ts';
import { renderText, type TextOptions } from '../../src/ladder/text.ts';
import { expectGolden } from './golden.ts';
import * as plays from './plays.ts';
import { scene } from './scene.ts';

const PLAYS: Readonly<Record<string, Flow>> = {
  'two-endpoints': plays.two,
  'three-endpoints': plays.three,
  'five-endpoints': plays.five,
  'twelve-endpoints': plays.chain(12),
  'thirty-endpoints': plays.chain(30),
  'instant-messages': plays.instantMessages,
  'joined-half-way': plays.joined,
  'with-media': plays.media,
  'with-findings': plays.judged,
};

for (const [name, flow] of Object.entries(PLAYS)) {
  test(`${name.replaceAll('-', ' ')} at 80, 120 and 200 columns, and in ASCII`, () => {
    const views = [80, 120, 200].map((width) => ladder(flow, { width }));
    expectGolden(name, [...views, ladder(flow, { ascii: true })].join(`\n${'#'.repeat(80)}\n\n`));
  });
}

const short = scene({ a: '192.0.2.1:5060', b: '192.0.2.2:5060' }, [
  '0.000 a > b OPTIONS 1',
  '1.250 a < b 200 OK 1 OPTIONS',
]);

test('times: of day, since the first message, since the one before', () => {
  const times = (['absolute', 'relative', 'delta'] as const).map((time) =>
    ladder(short, { time, title: false }),
  );
  expect(times.join('')).toBe(`\
                192.0.2.1                         192.0.2.2
1  03:40:00.000000  │───────── OPTIONS (1) ──────────>│
2  03:40:01.250000  │<── 200 OK (1 OPTIONS) +1.25 s ──│
                    ══ completed
         192.0.2.1                         192.0.2.2
1  0.000000  │───────── OPTIONS (1) ──────────>│
2  1.250000  │<── 200 OK (1 OPTIONS) +1.25 s ──│
             ══ completed
          192.0.2.1                         192.0.2.2
1  +0.000000  │───────── OPTIONS (1) ──────────>│
2  +1.250000  │<── 200 OK (1 OPTIONS) +1.25 s ──│
              ══ completed
`);
});

test('colours wrap whole pieces and change nothing else', () => {
  const plain = ladder(short, {});
  const coloured = ladder(short, { palette: ANSI_COLOURS });
  expect(coloured.replaceAll(/\x1b\[[\d;]*m/g, '')).toBe(plain);
  expect(coloured.split('\n').at(-3)).toBe(
    '\x1b[90m2  1.250000\x1b[0m  \x1b[90m│\x1b[0m\x1b[32m<── 200 OK (1 OPTIONS)\x1b[0m ' +
      '\x1b[90m+1.25 s\x1b[0m \x1b[32m──\x1b[0m\x1b[90m│\x1b[0m',
  );
});

test('retransmissions that follow one another are one arrow with a count', () => {
  expectGolden('collapsed', ladder(plays.joined, {}, { collapse: true }));
});

test('several addresses of one box share a column', () => {
  const aliases = new Aliases()
    .add({ name: 'alice', addresses: ['10.1.0.17'] })
    .add({ name: 'sbc', addresses: ['10.1.0.1', '10.2.0.1'] })
    .add({ name: 'phones', addresses: ['10.3.0.21', '10.3.0.22'] });
  expectGolden('aliases', ladder(plays.five, {}, { aliases }));
});

test('what is on the wire does not reach the terminal as it is', () => {
  const hostile = scene(
    { a: '192.0.2.1:5060', b: '192.0.2.2:5060' },
    [
      '0.000 a > b INVITE\x1b[2J\x07 1',
      '0.001 a < b 200 \u202eKO\u202c\tשלום 1 INVITE',
      '0.002 a < b 200 会議へようこそ🎉 1 INVITE',
      '0.003 a < b 200 Zàl̴̡̛g̷̢̛͓o 1 INVITE',
      `0.004 a < b 603 ${'Decline! '.repeat(100)}1 INVITE`,
      `0.005 a > b INFO 2 | ! ${'x'.repeat(200)}`,
    ],
    { from: 'sip:\x9b31m@example.com', to: `sip:${'b'.repeat(100)}@example.com`, callId: '\r\n\0call' },
  );
  const aliases = new Aliases().add({ name: 'Zürich\x1b]0;x\x07', addresses: ['192.0.2.1'] });
  expectGolden(
    'hostile',
    [ladder(hostile, {}, { aliases }), ladder(hostile, { ascii: true }, { aliases })].join('\n'),
  );
});

test('a call without messages has a title', () => {
  expect(ladder(scene({}, []), {})).toBe(`\
1  call  completed  0.00 ms  0 messages
   sip:alice@example.com → sip:bob@example.com
   Call-ID 3848276298220188511@192.0.2.4


  ══ completed
`);
});

function ladder(flow: Flow, options: TextOptions, drawing: DrawOptions = {}): string {
  return `${[...renderText(draw(flow, drawing), options)].join('\n')}\n`;
}
