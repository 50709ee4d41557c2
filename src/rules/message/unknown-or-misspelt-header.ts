// RFC 3261 §7.3.1, §20: a header whose name no document has, and that is a letter or two away from one that it has.
import { HEADERS } from '../../sip/header/header-names.ts';
import { rowEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/unknown-or-misspelt-header',
    severity: 'info',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary: 'No header has a name that looks like a misspelt registered one.',
    why: 'A header with a wrong letter is ignored without a word: the body has no length, the contact no address.',
    exceptions: ['Names that begin with X- or P-, and registered ones.', 'Names of fewer than five letters.'],
    fix: 'Correct the name where the header is written.',
    sources: [
      { document: 'RFC 3261', section: '7.3.1', says: 'names compare without case' },
      { document: 'RFC 3261', section: '20', says: 'headers that are not understood are ignored' },
    ],
    messages: { misspelt: 'Header {name} looks like {registered} misspelt' },
  },
  create({ report }) {
    const known = new Map<string, string | undefined>();
    return {
      message(message) {
        const { sip } = message;
        for (let row = 0; row < sip.headerCount; row++) {
          if (sip.headerId(row) !== 0) continue;
          const name = sip.headerName(row);
          const registered = look(name);
          if (registered === undefined) continue;
          report({
            message: 'misspelt',
            data: { name, registered },
            at: message,
            evidence: [rowEvidence(message, row)],
          });
        }
      },
    };

    function look(spelled: string): string | undefined {
      const name = spelled.toLowerCase();
      if (name.length < SHORTEST || name.length > LONGEST || PRIVATE.test(name) || !NAME.test(name))
        return undefined;
      if (!known.has(name)) {
        if (known.size >= MAX_KNOWN) known.clear();
        known.set(name, nearest(name));
      }
      return known.get(name);
    }
  },
});

/** The registered name one edit away, in a long name two. */
function nearest(name: string): string | undefined {
  const limit = name.length < LONG ? 1 : 2;
  let best: string | undefined;
  let least = limit + 1;
  for (const { name: registered } of HEADERS) {
    if (registered.length < SHORTEST || Math.abs(registered.length - name.length) >= least) continue;
    const edits = distance(name, registered.toLowerCase(), least);
    if (edits < least) {
      least = edits;
      best = registered;
    }
  }
  return best;
}

/** Letters to be put in, taken out, or changed; `limit` for anything that is not below it. */
function distance(one: string, other: string, limit: number): number {
  let before = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = before[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(change, before[j]! + 1, row[j - 1]! + 1));
    }
    if (Math.min(...row) >= limit) return limit;
    before = row;
  }
  return Math.min(before[other.length]!, limit);
}

const SHORTEST = 5;
const LONG = 8;
const LONGEST = 40;
const PRIVATE = /^[xp]-/;
const NAME = /^[\w-]+$/;
const MAX_KNOWN = 4096;
