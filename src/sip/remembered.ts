// The same text is parsed once: the messages of a call repeat each other's header values, and every stage asks for them anew.
// What a parser gives is never changed by who gets it.

/** A parser that remembers what it made lately. */
export function remembered<Parsed>(parse: (text: string) => Parsed): (text: string) => Parsed {
  const known = new Map<string, Parsed>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (text.length > LONGEST) return parsed;
    if (known.size === MOST) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

const MOST = 64;
/** Characters. */
const LONGEST = 512;
