// quoted-string (RFC 3261 §25.1): `"` qdtext and quoted pairs `"`, in UTF-8.

/** The text that a quoted string stands for; text that is no quoted string is given back as it is. */
export function unquote(text: string): string {
  if (text.length < 2 || text[0] !== '"' || text[text.length - 1] !== '"') return text;
  const inside = text.slice(1, -1);
  return inside.includes('\\') ? inside.replace(QUOTED_PAIR, '$1') : inside;
}

/** The quoted string that stands for `text`. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

const QUOTED_PAIR = /\\([\s\S])/g;
