// The pattern of `matches` → a test of text, without regard to case. Patterns that could take exponential time are
// refused, and long texts are cut the sooner the more repetitions a pattern has, so that no text from the wire hangs it.

/** A test; or, as text, what is wrong with the pattern. */
export function compilePattern(pattern: string): ((text: string) => boolean) | string {
  if (pattern.length > MAX_LENGTH) return `a pattern may have ${MAX_LENGTH} characters`;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'iu');
  } catch (error) {
    try {
      expression = new RegExp(pattern, 'i'); // Wireshark's patterns may escape what the u flag does not let be escaped
    } catch {
      return String((error as Error).message).replace(/^Invalid regular expression: /, 'bad pattern: ');
    }
  }
  const weight = weigh(pattern);
  if (typeof weight === 'string') return weight;
  const limit = LIMITS[weight];
  return (text) => expression.test(text.length > limit ? text.slice(0, limit) : text);
}

/** How many repetitions of unknown length; or, as text, why it could take exponential time. */
function weigh(pattern: string): number | string {
  const groups: { repeats: boolean; alternates: boolean }[] = [{ repeats: false, alternates: false }];
  let closed: { repeats: boolean; alternates: boolean } | undefined;
  let repetitions = 0;
  let options = 0;
  for (const [piece] of pattern.matchAll(PIECES)) {
    const repeats = REPEAT.test(piece);
    if (piece === '?' || piece === '??') {
      if (++options > MAX_OPTIONS) return `a pattern may have ${MAX_OPTIONS} optional parts`;
    } else if (repeats) {
      if (closed?.repeats) return 'a repetition within a repetition could take forever';
      if (closed?.alternates) return 'a repetition of alternatives could take forever';
      if (++repetitions >= LIMITS.length) return `a pattern may have ${LIMITS.length - 1} repetitions`;
      groups[groups.length - 1].repeats = true;
    } else if (/^\\[1-9k]/.test(piece)) return 'references back are not supported';
    closed = undefined;
    if (piece.startsWith('(')) groups.push({ repeats: false, alternates: false });
    else if (piece === '|') groups[groups.length - 1].alternates = true;
    else if (piece === ')' && groups.length > 1) {
      closed = groups.pop();
      const outer = groups[groups.length - 1];
      outer.repeats ||= closed?.repeats === true;
      outer.alternates ||= closed?.alternates === true;
    }
  }
  return repetitions;
}

// An escape, a class, a group's opening, a quantifier, or one other character.
const PIECES =
  /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|(?:[*+]|\{\d*,?\d*\})\??|\?\??|[\s\S]/g;
const REPEAT = /^(?:[*+]|\{)/;

const MAX_LENGTH = 256;
const MAX_OPTIONS = 12;
/** Characters looked at, by the number of repetitions: each one multiplies the worst case by the length. */
const LIMITS = [1_048_576, 16_384, 2048, 512, 256, 128] as const;
