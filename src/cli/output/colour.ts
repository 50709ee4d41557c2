// Whether to colour: only on a terminal, never with NO_COLOR (https://no-color.org), unless asked for.

export type ColourChoice = 'auto' | 'always' | 'never';

export function colourWanted(choice: ColourChoice, stream: { isTTY?: boolean }): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== '') return false;
  return stream.isTTY === true && process.env['TERM'] !== 'dumb';
}
