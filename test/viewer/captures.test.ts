// Every screen over the samples and a spread of public captures: each line is as wide as the terminal, and nothing in it acts
// on one.
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { key } from '../../src/viewer/model/key.ts';
import { press } from '../../src/viewer/model/press.ts';
import { DEFAULT_SETTINGS } from '../../src/viewer/model/settings.ts';
import { firstState } from '../../src/viewer/model/state.ts';
import { lineWidth, type StyledLine } from '../../src/viewer/model/styled.ts';
import { Library } from '../../src/viewer/reading/library.ts';
import { drawScreen } from '../../src/viewer/screens/draw.ts';
import { whetherShared } from '../capture/shared.ts';
import { comparedCaptures } from '../differential/captures.ts';

const SIZES = [
  [80, 24],
  [200, 50],
  [43, 10],
] as const;

const KEYS = [
  ...[
    'j',
    'enter',
    'G',
    'enter',
    'd',
    'escape',
    'x',
    'j',
    'b',
    'escape',
    'space',
    'j',
    'space',
    'G',
    'escape',
  ],
  ...[
    'C',
    'd',
    'm',
    't',
    'e',
    'enter',
    'escape',
    'escape',
    'e',
    'e',
    'escape',
    'escape',
    'i',
    'G',
    'escape',
    'r',
    'G',
  ],
  ...['escape', 'f7', 'escape', 'f10', 'escape', 'f2', 'escape', 'f8', 'escape', 'f1', 'G'],
];

test(`every line of every screen is as wide as the terminal, and acts on none${whetherShared}`, async () => {
  const chosen = comparedCaptures()
    .filter(({ path }) => statSync(path).size < LARGEST)
    .filter(({ name }, index) => name.startsWith('samples/') || index % EVERY === 0);
  const wrong: string[] = [];
  for (const [index, { name, path }] of chosen.entries()) {
    const [columns, rows] = SIZES[index % SIZES.length]!;
    for (const fault of await faultsOf(path, columns, rows, index % 2 === 1)) wrong.push(`${name}: ${fault}`);
  }
  expect(wrong).toEqual([]);
});

async function faultsOf(path: string, columns: number, rows: number, ascii: boolean): Promise<string[]> {
  const inputs = [path];
  const library = new Library({
    ...{ inputs, threaded: false, customHeader: '', aliases: [], ascii, onChange: () => {} },
  });
  await library.reading.read();
  const faults: string[] = [];
  let state = firstState(DEFAULT_SETTINGS, columns, rows);
  for (const name of KEYS) {
    state = { ...press(state, key(name), library), effects: [] };
    do {
      drawScreen(state, library);
      library.drawn();
      await new Promise((resolve) => setImmediate(resolve));
    } while (!library.idle);
    const lines = drawScreen(state, library);
    if (lines.length !== rows) faults.push(`${name}: ${lines.length} lines`);
    for (const one of lines) {
      if (lineWidth(one) !== columns || ACTS.test(textOf(one))) faults.push(`${name}: ${textOf(one)}`);
    }
  }
  library.close();
  return faults;
}

function textOf({ spans }: StyledLine): string {
  return spans.map(({ text }) => text).join('');
}

const ACTS = /[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const LARGEST = 1 << 20;
const EVERY = 12;
