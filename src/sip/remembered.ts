// The same text is parsed once: the messages of a call repeat each other's header values, and every stage asks for them anew.
// What a parser gives is never changed by who gets it.
//
// Not a Map that is cleared when it is full: each table it drops leads on to the next, so that to the engine, as long as the
// first of them is old, whatever was remembered since is alive.

/** A parser that remembers what it made lately: in so many places, a power of two, of texts of so many characters at most. */
export function remembered<Parsed>(
  parse: (text: string) => Parsed,
  places = PLACES,
  longest = LONGEST,
): (text: string) => Parsed {
  const texts: (string | null)[] = new Array(places).fill(null);
  const made: (Parsed | null)[] = new Array(places).fill(null);
  return (text) => {
    if (text.length > longest) return parse(text);
    const place = placeOf(text) & (places - 1);
    if (texts[place] === text) return made[place] as Parsed;
    const parsed = parse(text);
    texts[place] = text;
    made[place] = parsed;
    return parsed;
  };
}

/** By its length and a few of its characters: those that tell texts apart often stand at the end. */
function placeOf(text: string): number {
  const { length } = text;
  let hash = length;
  for (let part = 1; part <= PARTS; part++)
    hash = Math.imul(hash, 31) ^ text.charCodeAt((length * part) >> 3);
  for (let at = Math.max(0, length - LAST); at < length; at++)
    hash = Math.imul(hash, 31) ^ text.charCodeAt(at);
  return Math.imul(hash, 0x9e3779b1) >>> 16;
}

const PLACES = 32;
/** Characters. */
const LONGEST = 512;
const PARTS = 7;
const LAST = 3;
