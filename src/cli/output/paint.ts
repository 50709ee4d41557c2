// Colours as functions; without colour they give the text back.

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

export type Paint = Readonly<Record<keyof typeof CODES, (text: string) => string>>;

export function painter(colour: boolean): Paint {
  const paint: Partial<Record<keyof typeof CODES, (text: string) => string>> = {};
  for (const name of Object.keys(CODES) as (keyof typeof CODES)[]) {
    const [on, off] = CODES[name];
    paint[name] = colour ? (text) => `\x1b[${on}m${text}\x1b[${off}m` : (text) => text;
  }
  return paint as Paint;
}
