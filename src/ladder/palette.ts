// The colours of a ladder as functions from text to text: none, or ANSI escape sequences (ECMA-48 §8.3.117, SGR).
import type { Tone } from './drawing.ts';

/** What a piece of a ladder is, which decides its colour. */
export type Ink =
  | Tone
  | 'title'
  | 'name'
  | 'role'
  | 'gutter'
  | 'lifeline'
  | 'detail'
  | 'delay'
  | 'mark'
  | 'mark-warning'
  | 'mark-info'
  | 'missing'
  | 'stream'
  | 'silence'
  | 'remark';

export type Palette = Readonly<Record<Ink, (text: string) => string>>;

const INKS: Readonly<Record<Ink, string>> = {
  request: '36',
  provisional: '33',
  success: '32',
  redirect: '35',
  failure: '31',
  retransmission: '90',
  title: '1',
  name: '1',
  role: '90',
  gutter: '90',
  lifeline: '90',
  detail: '0',
  delay: '90',
  mark: '31;1',
  'mark-warning': '33;1',
  'mark-info': '34',
  missing: '90',
  stream: '34',
  silence: '90',
  remark: '1',
};

export const NO_COLOURS: Palette = paletteOf(() => (text) => text);

export const ANSI_COLOURS: Palette = paletteOf((codes) => (text) => `\x1b[${codes}m${text}\x1b[0m`);

function paletteOf(make: (codes: string) => (text: string) => string): Palette {
  return Object.fromEntries(Object.entries(INKS).map(([ink, codes]) => [ink, make(codes)])) as Record<
    Ink,
    (text: string) => string
  >;
}
