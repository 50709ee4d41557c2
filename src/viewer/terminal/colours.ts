// Styled lines → text for a terminal of so many colours. SGR codes of ECMA-48 §8.3.117; 256 colours and true colour as
// xterm has them (ITU-T T.416 §13.1.8 with semicolons).
import { printable } from '../../ladder/printable.ts';
import type { Style, StyledLine } from '../model/styled.ts';

/** 0: none (only bold, dim and reverse). */
export type Depth = 0 | 16 | 256 | 24;

/** What the terminal says of itself. */
export function colourDepth(env: Readonly<Record<string, string | undefined>>): Depth {
  if ((env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb') return 0;
  if (/^(truecolor|24bit)$/i.test(env['COLORTERM'] ?? '')) return 24;
  return /256|direct/.test(env['TERM'] ?? '') ? 256 : 16;
}

/** The locale's character set is not UTF-8 (POSIX: LC_ALL goes before LC_CTYPE, that before LANG). */
export function isAsciiTerminal(env: Readonly<Record<string, string | undefined>>): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return !/utf-?8/i.test(locale);
}

export function paintLine({ spans, cursor }: StyledLine, depth: Depth): string {
  let out = '';
  for (const { text, style, reverse } of spans) {
    if (text === '') continue;
    // Screens make their texts printable; should one forget, nothing acts on the terminal all the same.
    const safe = CONTROL.test(text) ? printable(text) : text;
    const codes = [...CODES[style](depth), ...(cursor === true || reverse === true ? ['7'] : [])].filter(
      (code) => code !== '',
    );
    out += codes.length === 0 ? safe : `\x1b[${codes.join(';')}m${safe}\x1b[0m`;
  }
  return out;
}

/** Of 16 colours, of 256, of 24 bits; and without colour. */
function colour(low: string, middle: number, high: string, none = ''): (depth: Depth) => string[] {
  return (depth) => {
    if (depth === 0) return [none];
    if (depth === 16) return [low];
    return [depth === 256 ? `38;5;${middle}` : `38;2;${high}`];
  };
}

const plain = (): string[] => [];
const bold = (): string[] => ['1'];
const dim = colour('90', 244, '140;140;140', '2');

const CODES: Readonly<Record<Style, (depth: Depth) => string[]>> = {
  plain,
  detail: plain,
  dim,
  role: dim,
  gutter: dim,
  lifeline: dim,
  delay: dim,
  missing: dim,
  silence: dim,
  retransmission: dim,
  title: bold,
  name: bold,
  remark: bold,
  head: (depth) => (depth === 0 ? ['1', '4'] : ['1', ...colour('36', 80, '95;215;215')(depth)]),
  bar: (depth) => (depth === 0 ? ['7'] : depth === 16 ? ['30', '46'] : ['38;5;16', '48;5;73']),
  key: (depth) => (depth === 0 ? ['1'] : depth === 16 ? ['1', '33'] : ['1', '38;5;221']),
  chosen: colour('33', 221, '255;215;95', '1'),
  header: colour('32', 114, '135;215;135'),
  field: (depth) => (depth === 0 ? ['4'] : ['4']),
  request: colour('36', 80, '95;215;215', '1'),
  provisional: colour('33', 221, '255;215;95'),
  success: colour('32', 114, '135;215;135'),
  redirect: colour('35', 176, '215;135;215'),
  failure: colour('31', 203, '255;95;95', '1'),
  'mark-warning': (depth) => (depth === 0 ? ['1'] : ['1', ...colour('33', 221, '255;215;95')(depth)]),
  'mark-info': colour('34', 75, '95;175;255'),
  mark: (depth) => (depth === 0 ? ['1', '7'] : ['1', ...colour('31', 203, '255;95;95')(depth)]),
  error: (depth) => (depth === 0 ? ['1', '7'] : ['1', ...colour('31', 203, '255;95;95')(depth)]),
  warning: colour('33', 221, '255;215;95', '1'),
  info: colour('34', 75, '95;175;255'),
  stream: colour('34', 75, '95;175;255'),
  added: (depth) => (depth === 0 ? ['1', '4'] : ['1', ...colour('32', 114, '135;215;135')(depth)]),
  removed: (depth) => (depth === 0 ? ['7'] : ['1', ...colour('31', 203, '255;95;95')(depth)]),
  'hue-0': colour('36', 80, '95;215;215'),
  'hue-1': colour('33', 221, '255;215;95'),
  'hue-2': colour('32', 114, '135;215;135', '1'),
  'hue-3': colour('35', 176, '215;135;215', '4'),
  'hue-4': colour('34', 75, '95;175;255', '2'),
  'hue-5': colour('31', 203, '255;95;95', '1'),
};

const CONTROL = /[\x00-\x1f\x7f-\x9f]/;
