// The two sides of a call, by who is there (rules.md §0: roles do not change within a call).
export type SideName = 'caller' | 'callee';

export const SIDES: readonly SideName[] = ['caller', 'callee'];

export function otherSide(name: SideName): SideName {
  return name === 'caller' ? 'callee' : 'caller';
}
