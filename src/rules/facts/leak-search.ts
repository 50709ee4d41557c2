// Finds tokens in a piece of a message in every spelling, as it stands and with what encodes it undone: percent escapes,
// base64 and hexadecimal text (rules.md §14, matching method).
import { decodePercent } from '../../sip/uri/percent-escape.ts';
import { ipv6In, type Spelling, spellings } from './leak-spelling.ts';
import type { LeakToken } from './leak-token.ts';
import { TokenMatcher } from './token-matcher.ts';

export interface LeakHit {
  readonly token: LeakToken;
  /** How it was spelled there: `plain`, `dashed`, `percent`, `hexadecimal`, `decimal`, `reversed`, `base64`. */
  readonly form: string;
}

export class LeakSearch {
  private readonly list: readonly Spelling[];
  private readonly matcher: TokenMatcher;
  private readonly ipv6 = new Map<string, LeakToken>();

  constructor(tokens: readonly LeakToken[]) {
    this.list = spellings(tokens);
    this.matcher = new TokenMatcher(this.list.map(({ text }) => text));
    for (const token of tokens) {
      if (token.kind === 'address' && token.text.includes(':')) this.ipv6.set(token.text, token);
      // RFC 4291 §2.5.5.2: an IPv4-mapped address is found by its IPv6 spelling as well.
      else if (token.kind === 'address') this.ipv6.set(token.text, token);
    }
  }

  /** Each token once, in its plainest form. */
  find(text: string): LeakHit[] {
    const hits = new Map<LeakToken, string>();
    const lower = text.toLowerCase();
    this.look(lower, '', hits);
    if (lower.includes('%')) this.look(decodePercent(lower).toLowerCase(), 'percent', hits);
    for (const [run] of text.matchAll(BASE64)) {
      for (const decoded of decodeRun(run)) this.look(decoded.toLowerCase(), 'base64', hits);
    }
    for (const [run] of lower.matchAll(HEX)) {
      this.look(Buffer.from(run, 'hex').toString('latin1').toLowerCase(), 'hexadecimal', hits);
    }
    return [...hits].map(([token, form]) => ({ token, form }));
  }

  private look(text: string, encoded: string, hits: Map<LeakToken, string>): void {
    this.matcher.search(text, (index, at) => {
      const { token, text: word, form } = this.list[index]!;
      // Within what was decoded only what anybody can read counts.
      if ((encoded === 'base64' || encoded === 'hexadecimal') && form !== 'plain') return;
      if (!isWhole(text, at, word, token, form)) return;
      const shown = encoded === '' || (encoded === 'percent' && form !== 'plain') ? form : encoded;
      const before = hits.get(token);
      if (before === undefined || RANK[shown]! < RANK[before]!) hits.set(token, shown);
    });
    if (this.ipv6.size === 0) return;
    for (const address of ipv6In(text)) {
      const token = this.ipv6.get(address);
      if (token !== undefined && !hits.has(token)) hits.set(token, encoded === '' ? 'plain' : encoded);
    }
  }
}

/** Nothing of the same kind goes on before or after it. */
function isWhole(
  text: string,
  at: number,
  word: string,
  { kind }: LeakToken,
  form: Spelling['form'],
): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at + word.length] ?? ' ';
  const beyond = text[at + word.length + 1] ?? ' ';
  if (kind === 'address') {
    // `10.1.1.1` is not in `210.1.1.1`, nor in `10.1.1.12`, nor in `1.10.1.1.1`.
    if (form === 'plain' || form === 'reversed' || form === 'dashed') {
      if (/[\da-f]/.test(before) && !(word.includes('.') && /[a-f]/.test(before))) return false;
      if (/[\d]/.test(after) || (word.includes(':') && /[\da-f:]/.test(after))) return false;
      if (after === '.' && /\d/.test(beyond)) return false;
      if (before === '.' && /\d/.test(text[at - 2] ?? ' ')) return false;
      if (form !== 'dashed') return true;
      const goesOn = (next: string, digit: string) => (next === '-' || next === '_') && /\d/.test(digit);
      return !goesOn(before, text[at - 2] ?? ' ') && !goesOn(after, beyond);
    }
    // Hexadecimal digits of an identifier are no address: it has to stand alone.
    if (/[0-9a-z]/.test(after)) return false;
    return !/[0-9a-z]/.test(before) || (before === 'x' && text[at - 2] === '0');
  }
  if (/[\w-]/.test(before) || /[\w-]/.test(after)) return kind === 'number' && !/\d/.test(before + after);
  return !(kind === 'host' && after === '.' && /[a-z0-9]/.test(beyond));
}

/** From each of the four places where a group may begin. */
function decodeRun(run: string): string[] {
  const texts: string[] = [];
  const body = run.replace(/=+$/, '');
  for (let from = 0; from < 4 && body.length - from >= MIN_BASE64; from++)
    texts.push(Buffer.from(body.slice(from), 'base64').toString('latin1'));
  return texts;
}

const MIN_BASE64 = 10;
const BASE64 = /[A-Za-z0-9+/_-]{10,}={0,2}/g;
const HEX = /(?<![0-9a-f])(?:[0-9a-f]{2}){7,}(?![0-9a-f])/g;
const RANK: Readonly<Record<string, number>> = {
  plain: 0,
  percent: 1,
  dashed: 2,
  hexadecimal: 3,
  decimal: 4,
  reversed: 5,
  base64: 6,
};
