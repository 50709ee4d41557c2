// What a report lists, read from the first to the last: an array, or entries that are made as they are asked for.
import { PackedEntries } from './packed-list.ts';

export interface Listed<Entry> extends Iterable<Entry> {
  readonly length: number;
}

/** Each entry as JSON. */
export function* textsOf(list: Listed<unknown>): Generator<string> {
  if (list instanceof PackedEntries) yield* list.texts();
  else for (const entry of list) yield JSON.stringify(entry);
}
