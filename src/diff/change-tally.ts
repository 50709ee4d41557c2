// Which changes are met most: how many messages each is in, and the first of them as an example.
import type { CallDifference } from './call-difference.ts';
import type { FieldChange } from './field-changes.ts';

export interface ChangeCount {
  readonly name: string;
  readonly change: FieldChange['change'];
  /** Messages that have it. */
  readonly messages: number;
  /** The first that was met, with its packets. */
  readonly example: FieldChange & { readonly frames: readonly [before: number, after: number] };
}

export class ChangeTally {
  private readonly counts = new Map<string, Omit<ChangeCount, 'messages'> & { messages: number }>();

  add({ messages }: CallDifference): void {
    for (const { changes, before, after } of messages) {
      for (const change of changes) {
        const key = `${change.change} ${change.name.toLowerCase()}`;
        const count = this.counts.get(key);
        if (count !== undefined) count.messages++;
        else if (this.counts.size < MOST) {
          const example = { ...change, frames: [before, after] as const };
          this.counts.set(key, { name: change.name, change: change.change, messages: 1, example });
        }
      }
    }
  }

  /** Most first; equal counts by name. */
  entries(): ChangeCount[] {
    return [...this.counts.values()].sort((a, b) => b.messages - a.messages || (a.name < b.name ? -1 : 1));
  }
}

/** Names come from the wire. */
const MOST = 1000;
