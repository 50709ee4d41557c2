// Text from the wire → HTML or XML text that can neither leave its place nor deceive the eye.
import { printable } from './printable.ts';

/**
 * For content and for attribute values in quotes. Control, invisible and directional characters are spelled out, and so are
 * those that XML 1.0 §2.2 does not allow.
 */
export function escapeMarkup(text: string): string {
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
