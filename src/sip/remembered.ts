// The same text is parsed once: the messages of a call repeat each other's header values, and every stage asks for them anew.
// What a parser gives is never changed by who gets it.

/** A parser that remembers what it made lately: of so many texts at most, of so many characters at most. */
export function remembered<Parsed>(
  parse: (text: string) => Parsed,
  most = MOST,
  longest = LONGEST,
): (text: string) => Parsed {
  const known = new Map<string, Parsed>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parse(text);
    if (text.length > longest) return parsed;
    if (known.size === most) known.clear();
    known.set(text, parsed);
    return parsed;
  };
}

const MOST = 64;
/** Characters. */
const LONGEST = 512;
