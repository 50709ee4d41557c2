// Work is counted, not timed: how often methods and getters of classes are asked while something runs.
export interface Counted {
  /** A prototype. */
  readonly on: object;
  readonly names: readonly string[];
  /** What a call counts for, with what it gave and was given; 1 unless told. */
  readonly cost?: (self: never, given: never, args: never) => number;
}

export function workOf(counted: readonly Counted[], run: () => void): number {
  let work = 0;
  const before: (readonly [object, string, PropertyDescriptor])[] = [];
  for (const { on, names, cost = () => 1 } of counted) {
    for (const name of names) {
      const as = Object.getOwnPropertyDescriptor(on, name)!;
      const asked = as.get ?? (as.value as (...args: unknown[]) => unknown);
      const counting = function (this: unknown, ...args: unknown[]): unknown {
        const given = asked.apply(this, args);
        work += cost(this as never, given as never, args as never);
        return given;
      };
      before.push([on, name, as]);
      Object.defineProperty(on, name, { ...as, ...(as.get ? { get: counting } : { value: counting }) });
    }
  }
  try {
    run();
  } finally {
    for (const [on, name, as] of before) Object.defineProperty(on, name, as);
  }
  return work;
}
