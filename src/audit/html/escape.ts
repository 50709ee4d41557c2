// Text from the wire → HTML text that can neither leave its place nor deceive the eye.
import { printable } from '../../ladder/printable.ts';

/** For content and for attribute values in quotes. Control, invisible and directional characters are spelled out. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character]!);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};
