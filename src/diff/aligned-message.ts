// What alignments of two calls' messages give: pairs, and what only one call has, in the order in which people read them.
import type { Match } from './alignment.ts';
import type { SeenMessage } from './seen-message.ts';

/** One of the two is null where only the other capture has the message. */
export interface AlignedMessage {
  readonly before: SeenMessage | null;
  readonly after: SeenMessage | null;
}

/** All messages, in the order of `before`; what only `after` has stands before what came next there. */
export function withUnmatched(
  before: readonly SeenMessage[],
  after: readonly SeenMessage[],
  matches: readonly Match[],
): AlignedMessage[] {
  const partners = new Map(matches);
  const places = new Map(matches.map(([one, other]) => [other, one]));
  const added: (AlignedMessage & { place: number })[] = [];
  const rows = before.map((message, place) => {
    const partner = partners.get(place);
    return { before: message, after: partner === undefined ? null : after[partner]!, place };
  });
  let place = before.length;
  for (let index = after.length - 1; index >= 0; index--) {
    const matched = places.get(index);
    if (matched !== undefined) place = matched;
    else added.push({ before: null, after: after[index]!, place: place - 0.5 });
  }
  return [...rows, ...added.reverse()]
    .sort((a, b) => a.place - b.place)
    .map(({ before, after }) => ({ before, after }));
}
