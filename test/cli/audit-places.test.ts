// Findings in several captures: packets count over the set, and each is named by its own capture and number too.
import { expect, test } from 'vitest';
import { sipspect } from './program.ts';

const CALLS = 'samples/failed-calls/failed-calls.pcapng';
const SIDES = 'samples/sbc-sides/leaking.pcapng';
const ONLY = ['--only', 'privacy/mode-inferred', '--only', 'quality/post-dial-delay', '--fail-on', 'never'];

async function audit(format: string, ...captures: string[]): Promise<string> {
  return (await sipspect(['audit', ...ONLY, '--format', format, ...captures])).stdout;
}

test('ndjson', async () => {
  const places = (text: string): unknown[] =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .map(({ rule, frames, places }) => ({ rule, frames, places }));
  expect(places(await audit('ndjson', SIDES))).toEqual([
    { rule: 'privacy/mode-inferred', frames: [3, 1], places: [] },
    { rule: 'privacy/mode-inferred', frames: [6, 5], places: [] },
  ]);
  expect(places(await audit('ndjson', SIDES, CALLS))).toEqual([
    {
      rule: 'quality/post-dial-delay',
      frames: [31, 37],
      places: [
        { capture: CALLS, frame: 31 },
        { capture: CALLS, frame: 37 },
      ],
    },
    {
      rule: 'privacy/mode-inferred',
      frames: [41, 39],
      places: [
        { capture: SIDES, frame: 3 },
        { capture: SIDES, frame: 1 },
      ],
    },
    {
      rule: 'privacy/mode-inferred',
      frames: [44, 43],
      places: [
        { capture: SIDES, frame: 6 },
        { capture: SIDES, frame: 5 },
      ],
    },
  ]);
});

test('sarif', async () => {
  const log = JSON.parse(await audit('sarif', SIDES, CALLS));
  const where = log.runs[0].results.map(({ locations }: { locations: Location[] }) =>
    locations.map(({ physicalLocation, logicalLocations }) => [
      physicalLocation.artifactLocation,
      ...logicalLocations.map(({ name }) => name),
    ]),
  );
  const [sides, calls] = [
    { uri: SIDES, index: 0 },
    { uri: CALLS, index: 1 },
  ];
  expect(where).toEqual([
    [[sides, 'sbc///im-1@127.0.0.10', 'packet 3', 'packet 1']],
    [[calls, '1-64@127.0.0.10', 'packet 31', 'packet 37']],
    [[sides, 'im-1@127.0.0.10', 'packet 6', 'packet 5']],
  ]);
});

interface Location {
  readonly physicalLocation: { readonly artifactLocation: object };
  readonly logicalLocations: readonly { readonly name: string }[];
}
