// Whole frames of every screen, as a user gets to them: test/viewer/frames holds what is to be seen.
import { afterEach, expect, test } from 'vitest';
import { KEY, type OnScreen, onScreen, type ScreenOptions } from './on-screen.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';
const IM = 'samples/im-session/im-session.pcapng';

let screen: OnScreen | null = null;

afterEach(() => {
  screen?.end();
  screen = null;
});

/** The frame after the keys is what the file holds, and every line of it fits. */
async function shows(
  name: string,
  capture: string,
  keys: string[],
  options: ScreenOptions = {},
): Promise<void> {
  screen = await onScreen([capture], options);
  await screen.press(...keys);
  const frame = screen.frame();
  expect(frame.split('\n').length).toBeLessThanOrEqual(options.rows ?? 24);
  await expect(`${frame}\n`).toMatchFileSnapshot(`frames/${name}.txt`);
}

test('the list of calls at 80 columns', () => shows('list-80', FAILED, []));
test('the list of calls on a wide terminal', () => shows('list-200', FAILED, [], { columns: 100, rows: 30 }));
test('the list on a terminal without Unicode', () =>
  shows('list-ascii', FAILED, ['j', ' '], { ascii: true }));
test('sorted by state, the other way round', () =>
  shows('list-sorted', FAILED, ['>', '>', '>', '>', '>', '>', '>', '>', 'z']));
test('the columns scrolled sideways, the number of the call in its place', () =>
  shows('list-scrolled', FAILED, [KEY.right, KEY.right, KEY.right, KEY.left]));
test('a click on the head of a column sorts, a second one turns the order round', () =>
  shows('list-clicked', FAILED, ['\x1b[<0;60;3M', '\x1b[<0;60;3M']));
test('a display filter of words while it is typed', () =>
  shows('list-words', FAILED, ['/', 'b', 'u', 's', 'y']));
test('a filter expression', () =>
  shows('list-expression', FAILED, ['/', 'sip.Status-Code == 302', KEY.enter]));
test('a wrong filter expression', () => shows('list-wrong', FAILED, ['/', 'sip.Methd == "INVITE"']));
test('the ladder of a call', () => shows('ladder-80', FAILED, ['j', KEY.enter]));
test('the ladder with the message beside it', () =>
  shows('ladder-100', FAILED, [KEY.enter, 'j'], { columns: 100 }));
test('the ladder of a call with its other leg', () => shows('ladder-extended', IM, ['x', 'j', 'j']));
test('the ladder of a call and the one it was referred to', () =>
  shows('ladder-transfer', 'samples/hold-transfer/hold-transfer.pcap', ['x', 'G'], {
    columns: 100,
    rows: 40,
  }));
test('the ladder without session descriptions', () => shows('ladder-short', IM, ['x', 'd', 'd']));
test('the ladder in ASCII', () => shows('ladder-ascii', IM, ['x'], { ascii: true }));
test('a message', () => shows('message', IM, [KEY.enter, KEY.enter]));
test('a message decoded', () => shows('message-decoded', IM, [KEY.enter, KEY.enter, 'd']));
test('two messages compared', () => shows('compare', IM, [KEY.enter, ' ', 'j', 'j', ' ']));
test('a message before and after the box', () => shows('across', IM, ['x', 'b']));
test('findings of all calls', () => shows('findings', IM, ['e']));
test('findings lead to their arrows', () => shows('finding-arrow', IM, ['e', KEY.enter]));
test('a rule explained', () => shows('rule', IM, ['e', 'e']));
test('statistics', () => shows('statistics', FAILED, ['i']));
test('help', () => shows('help', FAILED, [KEY.f1]));
test('the filter dialog', () => shows('filter', FAILED, [KEY.f7, 'alice']));
test('the column chooser', () => shows('columns', FAILED, [KEY.f10, 'j', ' ']));
test('the save dialog', () => shows('save', FAILED, [KEY.f2]));
test('the settings', () => shows('settings', FAILED, [KEY.f8]));
test('addresses that the settings name are one box', () =>
  shows('ladder-named', IM, [KEY.f8, ...down(7), 'box=127.0.0.20,127.0.0.30', KEY.enter, 'x']));
test('a name that is none is told where it is typed', () =>
  shows('settings-wrong', IM, [KEY.f8, ...down(7), 'box=nowhere', KEY.enter]));
test('a hides names', () =>
  shows('ladder-unnamed', IM, [KEY.f8, ...down(7), 'alice=127.0.0.10', KEY.enter, KEY.enter, 'a']));
test('leaving is asked about', () => shows('quit', FAILED, ['q']));

function down(times: number): string[] {
  return Array.from({ length: times }, () => KEY.down);
}
