// A regular expression, as Perl's (and Wireshark's `matches`) writes them → its tree. Without what would need
// backtracking: references back, look-around, possessive repetition. Case is disregarded.

export type PatternNode =
  | { readonly kind: 'unit'; readonly test: UnitTest }
  | { readonly kind: 'sequence'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'choice'; readonly options: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly part: PatternNode; readonly min: number; readonly max: number }
  | { readonly kind: 'assert'; readonly what: Assertion };

/** Whether a UTF-16 code unit is one that the pattern wants there. */
export type UnitTest = (unit: number) => boolean;

/** ^, $, \b, \B */
export type Assertion = 'start' | 'end' | 'boundary' | 'no-boundary';

/** Throws PatternError. */
export function parsePattern(pattern: string): PatternNode {
  const parser = new PatternParser(pattern);
  const tree = parser.choice();
  if (!parser.ended) throw new PatternError('unmatched )');
  return tree;
}

export class PatternError extends Error {}

class PatternParser {
  private readonly text: string;
  private at = 0;
  private depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  choice(): PatternNode {
    if (++this.depth > MAX_DEPTH) throw new PatternError('groups are nested too deep');
    const options = [this.sequence()];
    while (this.take('|')) options.push(this.sequence());
    this.depth--;
    return options.length === 1 ? options[0] : { kind: 'choice', options };
  }

  private sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (!this.ended && this.text[this.at] !== '|' && this.text[this.at] !== ')')
      parts.push(this.repeated());
    return { kind: 'sequence', parts };
  }

  private repeated(): PatternNode {
    let part = this.atom();
    for (let limits = this.limits(); limits !== undefined; limits = this.limits()) {
      const [min, max] = limits;
      if (max < min) throw new PatternError('numbers of a repetition are out of order');
      part = { kind: 'repeat', part, min, max };
      if (this.text[this.at] === '+') throw new PatternError('possessive repetition is not supported');
      this.take('?'); // whether it takes much or little first does not matter to whether it matches
    }
    return part;
  }

  private limits(): readonly [min: number, max: number] | undefined {
    if (this.take('*')) return [0, Number.POSITIVE_INFINITY];
    if (this.take('+')) return [1, Number.POSITIVE_INFINITY];
    if (this.take('?')) return [0, 1];
    LIMITS.lastIndex = this.at;
    const match = LIMITS.exec(this.text);
    if (match === null) return undefined;
    this.at += match[0].length;
    const min = Number(match[1]);
    return [
      min,
      match[2] === undefined ? min : match[3] === '' ? Number.POSITIVE_INFINITY : Number(match[3]),
    ];
  }

  private atom(): PatternNode {
    const character = this.text[this.at++];
    switch (character) {
      case '(':
        return this.group();
      case '[':
        return { kind: 'unit', test: this.charClass() };
      case '.':
        return { kind: 'unit', test: (unit) => unit !== 10 };
      case '^':
        return { kind: 'assert', what: 'start' };
      case '$':
        return { kind: 'assert', what: 'end' };
      case '*':
      case '+':
      case '?':
        throw new PatternError(`nothing to repeat before ${character}`);
      case '\\':
        return this.escape();
      default:
        return literal(character.charCodeAt(0));
    }
  }

  private group(): PatternNode {
    if (this.take('?') && !this.take(':')) {
      const name = /^<(?![=!])[^>]*>/.exec(this.text.slice(this.at))?.[0];
      if (name === undefined) throw new PatternError('look-around and flags are not supported');
      this.at += name.length;
    }
    const inner = this.choice();
    if (!this.take(')')) throw new PatternError('a group is not closed');
    return inner;
  }

  private escape(): PatternNode {
    const letter = this.text[this.at];
    const assertion = letter === undefined ? undefined : ASSERTIONS[letter];
    if (assertion !== undefined) {
      this.at++;
      return { kind: 'assert', what: assertion };
    }
    const meant = this.escaped();
    return typeof meant === 'number' ? literal(meant) : { kind: 'unit', test: meant };
  }

  // What follows a backslash: a unit, or the test of a class of them.
  private escaped(): number | UnitTest {
    if (this.ended) throw new PatternError('\\ at the end of the pattern');
    CODE.lastIndex = this.at;
    const code = CODE.exec(this.text);
    if (code !== null) {
      this.at += code[0].length;
      return Number.parseInt(code[1] ?? code[2] ?? code[3], 16) & 0xffff;
    }
    const letter = this.text[this.at++];
    if (Object.hasOwn(CLASSES, letter)) return CLASSES[letter];
    if (Object.hasOwn(CONTROLS, letter)) return CONTROLS[letter];
    if (/[1-9k]/.test(letter)) throw new PatternError('references back are not supported');
    if (/[a-z]/i.test(letter)) throw new PatternError(`\\${letter} is not supported`);
    return letter.charCodeAt(0);
  }

  private charClass(): UnitTest {
    const negated = this.take('^');
    const tests: UnitTest[] = [];
    let first = true;
    while (first || this.text[this.at] !== ']') {
      first = false;
      if (this.ended) throw new PatternError('a class is not closed');
      if (this.text.startsWith('[:', this.at)) throw new PatternError('[:names:] are not supported');
      tests.push(this.classRange());
    }
    this.at++;
    const inside: UnitTest = (unit) =>
      tests.some((test) => test(unit) || test(lower(unit)) || test(upper(unit)));
    return negated ? (unit) => !inside(unit) : inside;
  }

  private classRange(): UnitTest {
    const low = this.classUnit();
    if (typeof low !== 'number') return low;
    if (this.text[this.at] !== '-' || this.at + 1 >= this.text.length || this.text[this.at + 1] === ']') {
      return (unit) => unit === low;
    }
    this.at++;
    const high = this.classUnit();
    if (typeof high !== 'number' || high < low) throw new PatternError('a range of a class is out of order');
    return (unit) => unit >= low && unit <= high;
  }

  private classUnit(): number | UnitTest {
    const unit = this.text.charCodeAt(this.at++);
    if (unit !== 0x5c) return unit;
    if (this.take('b')) return 8;
    return this.escaped();
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }
}

function literal(wanted: number): PatternNode {
  const folded = lower(wanted);
  return { kind: 'unit', test: (unit) => unit === wanted || lower(unit) === folded };
}

function lower(unit: number): number {
  if (unit < 0x80) return unit >= 0x41 && unit <= 0x5a ? unit | 0x20 : unit;
  const text = String.fromCharCode(unit).toLowerCase();
  return text.length === 1 ? text.charCodeAt(0) : unit;
}

function upper(unit: number): number {
  if (unit < 0x80) return unit >= 0x61 && unit <= 0x7a ? unit & ~0x20 : unit;
  const text = String.fromCharCode(unit).toUpperCase();
  return text.length === 1 ? text.charCodeAt(0) : unit;
}

/** A letter, a digit or an underscore: what \b and \w go by. */
export function isWord(unit: number): boolean {
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (unit >= 0x41 && unit <= 0x5a) ||
    unit === 0x5f ||
    (unit >= 0x61 && unit <= 0x7a)
  );
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || (unit >= 9 && unit <= 13) || unit === 0xa0;
}

const CLASSES: Readonly<Record<string, UnitTest>> = {
  d: isDigit,
  D: (unit) => !isDigit(unit),
  w: isWord,
  W: (unit) => !isWord(unit),
  s: isSpace,
  S: (unit) => !isSpace(unit),
};
const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, v: 11, a: 7, e: 27, '0': 0 };
const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  b: 'boundary',
  B: 'no-boundary',
  A: 'start',
  z: 'end',
  Z: 'end',
};
const LIMITS = /\{(\d{1,5})(,(\d{0,5}))?\}/y;
const CODE = /x\{([\da-f]{1,4})\}|x([\da-f]{2})|u([\da-f]{4})/iy;
const MAX_DEPTH = 100;
