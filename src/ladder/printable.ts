// Text from the wire → text that is safe on a terminal and takes the room it is measured at. Nothing is dropped: what
// would act on the terminal, or is not seen there, is spelled out.

/**
 * `text` with control characters as control pictures (`␛`), and directional, invisible and unassigned characters as
 * `\u{202e}`; with `ascii`, everything outside ASCII is spelled out, `\x1b` for controls. A cluster of more combining
 * marks than any script needs, which would run over its neighbours, is spelled out as well.
 */
export function printable(text: string, ascii = false): string {
  if (PLAIN.test(text)) return text;
  if (ascii) return text.toWellFormed().replace(/[^\x20-\x7e]/gu, spell);
  return text.toWellFormed().replace(UNSAFE, picture).replace(CROWDED, spellAll);
}

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : spell(character);
}

function spellAll(_: string, kept: string, marks: string): string {
  return kept + Array.from(marks, spell).join('');
}

function spell(character: string): string {
  const code = character.codePointAt(0)!;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

const PLAIN = /^[\x20-\x7e]*$/;
// C: controls, format characters (bidirectional overrides, joiners), private use, unassigned. Z but for the space: line
// and paragraph separators, spaces that look like none. Default ignorable: variation selectors, fillers. Cc and Zl are
// what a terminal acts upon; the others are drawn at widths that terminals do not agree on.
const UNSAFE =
  /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u00a0\u1680\u2000-\u200a\u202f\u205f\p{Regional_Indicator}]/gu;
const CROWDED = /(\p{M}{3})(\p{M}+)/gu;
