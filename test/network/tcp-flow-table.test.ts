// The flow table against a plain list in order of use.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TcpFlowTable } from '../../src/network/tcp/tcp-flow-table.ts';

test.each([
  ['a few flows', 20, 24, 300],
  ['more flows than there is room for at first', 300, 400, 1500],
])(
  'finds what was added and not evicted; the flow idle for longest gives way, retired ones before: %s',
  (...sizes) => {
    const [, largest, keys, length] = sizes;
    const step = fc.record({ key: fc.nat(keys), retire: fc.nat(9) });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: largest }),
        fc.array(step, { minLength: length / 2, maxLength: length, size: 'max' }),
        (capacity, steps) => {
          const evicted: number[] = [];
          const expected: number[] = [];
          const table = new TcpFlowTable(3, capacity, (flow) => evicted.push(table.word(flow, 0)));
          /** Keys, the one used last at the end. */
          let model: number[] = [];
          for (const { key, retire } of steps) {
            table.key.set([key, key * 7, -key]);
            let flow = table.find();
            expect(flow === null ? null : table.word(flow, 0)).toBe(model.includes(key) ? key : null);
            if (flow === null) {
              flow = table.add(4);
              if (model.length === capacity) expected.push(model.shift()!);
            }
            model = [...model.filter((other) => other !== key), key];
            if (retire > 0) continue;
            table.retire(flow);
            model = [key, ...model.filter((other) => other !== key)];
          }
          expect(evicted).toEqual(expected);
        },
      ),
    );
  },
);
