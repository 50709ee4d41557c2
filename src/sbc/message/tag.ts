// The tag of a From or To value (RFC 3261 §19.3), put in or taken out with all else as spelled.
import { splitOutside } from '../../sip/text/delimited.ts';
import { addressSpan } from './address-span.ts';

/** The value with this tag; with '' it has none. */
export function withTag(value: string, tag: string): string {
  const { bracketed, uriEnd, parameters } = addressSpan(value);
  let head = value.slice(0, parameters).trimEnd();
  // A bracket that is never closed would take the tag in.
  if (bracketed && uriEnd === parameters) head += '>';
  const [between, ...pieces] = splitOutside(value.slice(parameters), ';');
  const kept: string[] = [];
  let placed = tag === '';
  for (const piece of pieces) {
    if (!IS_TAG.test(piece)) kept.push(piece);
    else if (!placed) {
      kept.push(`tag=${tag}`);
      placed = true;
    }
  }
  if (!placed) {
    if (kept.length > 0) kept.push(kept.pop()?.trimEnd() ?? '');
    kept.push(`tag=${tag}`);
  }
  if (kept.length === 0) return `${head}${between.trimEnd()}`;
  return `${head}${pieces.length === 0 ? between.trimEnd() : between};${kept.join(';')}`;
}

const IS_TAG = /^\s*tag\s*(?:=|$)/i;
