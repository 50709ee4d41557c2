// The URI of a From, To, Contact … value exchanged for another; display name and parameters stay as spelled.
import { addressSpan } from './address-span.ts';

export function withUri(value: string, uri: string): string {
  const { bracketed, uriStart, uriEnd, parameters } = addressSpan(value);
  const safe = BRACKET_OR_SPACE.test(uri) ? uri.replaceAll(BRACKETS_AND_SPACE, percentEscape) : uri;
  if (!bracketed) return `<${safe}>${value.slice(parameters)}`;
  return `${value.slice(0, uriStart)}${safe}>${value.slice(uriEnd === parameters ? uriEnd : uriEnd + 1)}`;
}

/** Of characters that would end the URI before its end. */
function percentEscape(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

const BRACKET_OR_SPACE = /[<>\s]/;
const BRACKETS_AND_SPACE = /[<>\s]/g;
