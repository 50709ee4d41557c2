import { defineConfig } from 'vitest/config';

// What talks to other programs over sockets runs after the rest, for they send again what is not answered within half a second: two at a
// time take less than a processor each.
const TALKING = ['test/peers/**/*.test.ts', 'test/inline/**/*.test.ts'];

export default defineConfig({
  test: {
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'rest',
          include: ['test/**/*.test.ts'],
          exclude: TALKING,
          maxWorkers: 2,
          // What modules keep are caches: so they are read once for all files, which takes a quarter of the time.
          isolate: false,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: 'talking', include: TALKING, maxWorkers: 2, sequence: { groupOrder: 2 } },
      },
    ],
  },
});
