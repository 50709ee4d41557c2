// a= (RFC 8866 §5.13): a property (`a=recvonly`) or a value (`a=ptime:20`).
import type { SdpLine } from './line.ts';

export interface Attribute {
  /** As spelled; names are case-sensitive (§5.13). */
  readonly name: string;
  /** '' for a property attribute. */
  readonly value: string;
  readonly line: SdpLine;
}

export function parseAttribute(text: string, line: SdpLine): Attribute {
  const colon = text.indexOf(':');
  if (colon < 0) return { name: text.trimEnd(), value: '', line };
  return { name: text.slice(0, colon), value: text.slice(colon + 1), line };
}
