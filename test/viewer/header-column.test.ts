// A header that the user names in the settings has its column at once, in files that grow too.
import { afterEach, expect, test } from 'vitest';
import { KEY, type OnScreen, onScreen } from './on-screen.ts';

const FAILED = 'samples/failed-calls/failed-calls.pcapng';
let screen: OnScreen | null = null;

afterEach(() => {
  screen?.end();
  screen = null;
});

test.each([undefined, 10])(
  'the captures are read once more for it (looked at again: %s)',
  async (lookEvery) => {
    screen = await onScreen([FAILED], {
      ...(lookEvery !== undefined && { lookEvery }),
      settings: { columns: ['index', 'custom', 'state'] },
    });
    await screen.press(KEY.f8, KEY.up, 'Max-Forwards', KEY.enter);
    const { library } = screen;
    await screen.until(() => library.row(1).told.custom === '70');
    await screen.press('j');
    expect(screen.frame().split('\n').slice(2, 5)).toEqual([
      '       Idx▲ Header                                   State',
      '[ ]       1 70                                       rejected',
      '[ ]       2 70                                       busy',
    ]);
  },
);
