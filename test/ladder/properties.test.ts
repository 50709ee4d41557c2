import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { Aliases } from '../../src/ladder/alias.ts';
import { draw } from '../../src/ladder/draw.ts';
import { renderText } from '../../src/ladder/text.ts';
import { flow, text } from './any-flow.ts';

const options = fc.record({
  width: fc.integer({ min: 40, max: 240 }),
  ascii: fc.boolean(),
  time: fc.constantFrom('absolute', 'relative', 'delta'),
});

test('no line is wider than asked for, or holds what acts on a terminal; every message is drawn once', () => {
  fc.assert(
    fc.property(
      flow,
      options,
      fc.record({ name: text, addresses: fc.constant(['192.0.2.3']) }),
      (call, view, alias) => {
        const lines = [...renderText(draw(call, { aliases: new Aliases().add(alias) }), view)];
        for (const line of lines) {
          expect(stringWidth(line)).toBeLessThanOrEqual(view.width);
          expect(line).toMatch(view.ascii ? /^[\x20-\x7e]*$/ : /^[^\p{C}\p{Zl}\p{Zp}]*$/u);
        }
        const drawn = lines.flatMap((line) => /^ *(7\d{3}) {2}/.exec(line)?.[1] ?? []);
        expect(drawn).toEqual(call.messages.map(({ frame }) => String(frame)));
      },
    ),
    { numRuns: 300 },
  );
});
