// Moving in a list or a text: where a key takes the cursor, and which part is then in sight.

/** The new position for a movement key, null for other keys. `page` rows are in sight. */
export function moved(name: string, at: number, count: number, page: number): number | null {
  const step = STEPS[name];
  if (step === undefined) return null;
  const by = typeof step === 'number' ? step : step(page);
  return Math.max(0, Math.min(count - 1, at + by));
}

/** The first row in sight, such that the cursor is. */
export function topFor(cursor: number, top: number, page: number, count: number): number {
  const last = Math.max(0, count - page);
  return Math.max(0, Math.min(last, cursor < top ? cursor : cursor >= top + page ? cursor - page + 1 : top));
}

const PAGE = (page: number): number => Math.max(1, page - 1);
const HALF = (page: number): number => Math.max(1, page >> 1);
const ALL = (): number => Number.MAX_SAFE_INTEGER;

const STEPS: Readonly<Record<string, number | ((page: number) => number)>> = {
  ...{ up: -1, k: -1, down: 1, j: 1, 'wheel-up': -3, 'wheel-down': 3 },
  ...{ 'page-down': PAGE, 'ctrl-f': PAGE, 'page-up': (page) => -PAGE(page), 'ctrl-b': (page) => -PAGE(page) },
  ...{ 'ctrl-d': HALF, 'ctrl-u': (page) => -HALF(page) },
  ...{ home: () => -ALL(), end: ALL, g: () => -ALL(), G: ALL, 'ctrl-a': () => -ALL(), 'ctrl-e': ALL },
};
