// A call as a row, and the row in a table of some width.
import { expect, test } from 'vitest';
import { CALLS_COLUMNS, callRow } from '../../src/cli/calls/call-row.ts';
import { Output } from '../../src/cli/output/output.ts';
import { renderTable } from '../../src/cli/output/table.ts';
import type { Call } from '../../src/dialog/call.ts';

const endpoint = (text: string) => ({ text }) as Call['src'];

const CALL = {
  id: 12345,
  kind: 'call',
  from: 'sip:+15551234;npdi@[2001:db8::1]:5070;transport=tcp;user=phone',
  to: 'tel:+15551234;phone-context=example.com',
  src: endpoint('[2001:db8:1111:2222:3333:4444:5555:6666]:5060'),
  dst: endpoint('[2001:db8::2]:5060'),
  transports: ['udp', 'tcp'],
  messages: 100_000,
  start: { seconds: 1_700_000_000, nanoseconds: 123_456_789 },
  end: { seconds: 1_700_003_725, nanoseconds: 123_456_789 },
  timings: { setupTime: 1500, sessionDuration: null },
  state: 'in-call',
  partial: true,
  cause: null,
} as unknown as Call;

test('a row leaves parameters of SIP URIs out, and says when the beginning is missing', () => {
  expect(callRow(CALL)).toEqual([
    '12345',
    'call',
    '+15551234;npdi@[2001:db8::1]:5070',
    'tel:+15551234;phone-context=example.com',
    '[2001:db8:1111:2222:3333:4444:5555:6666]:5060',
    '[2001:db8::2]:5060',
    'udp,tcp',
    '100000',
    '22:13:20.123',
    '1.500 s',
    '1:02:05',
    'in-call (partial)',
    '',
  ]);
});

test.each([
  [
    80,
    '    #  Kind  From             To                 Msgs  Duration  State',
    '12345  call  +15551234;npdi…  tel:+15551234;…  100000   1:02:05  in-call (parti…',
  ],
  [40, '    #  Ki…  Fr…  To     Msgs  Duration  St…', '12345  ca…  +1…  te…  100000   1:02:05  in…'],
])('at %d columns numbers are whole, and texts give', async (width, head, row) => {
  const lines = await table(width);
  expect(lines).toEqual([head, row]);
});

/** The lines of a table with the one row. */
async function table(width: number): Promise<string[]> {
  let text = '';
  const stream = {
    on: () => stream,
    off: () => stream,
    write(octets: Buffer) {
      text += octets.toString();
      return true;
    },
  };
  const output = new Output(stream as unknown as NodeJS.WriteStream);
  await renderTable(output, CALLS_COLUMNS, [callRow(CALL)], { colour: false, width });
  await output.flush();
  return text.trimEnd().split('\n');
}
