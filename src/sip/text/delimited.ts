// Cutting a header value at a separator, where the separator is not inside a quoted string, `<…>` or a comment
// (RFC 3261 §25.1). Text in, pieces out, untrimmed.

/** The pieces of `text` between separators. A quote, `<` or `(` that is never closed is an ordinary character. */
export function splitOutside(text: string, separator: string, comments = false): string[] {
  if (!text.includes(separator)) return [text];
  const pieces: string[] = [];
  let start = 0;
  let at = indexOutside(text, separator, start, comments);
  while (at >= 0) {
    pieces.push(text.slice(start, at));
    start = at + 1;
    at = indexOutside(text, separator, start, comments);
  }
  pieces.push(text.slice(start));
  return pieces;
}

/** The values of a comma-separated list (RFC 3261 §7.3.1), trimmed, empty ones left out. */
export function listItems(value: string): string[] {
  if (!value.includes(',')) return value === '' ? [] : [value];
  return splitOutside(value, ',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Where a one-character separator stands outside quotes, brackets and (when asked) comments; -1 when nowhere. */
export function indexOutside(text: string, separator: string, from = 0, comments = false): number {
  const wanted = separator.charCodeAt(0);
  // What turned out never to be closed is not looked for again: the walk stays linear.
  let quotes = true;
  let brackets = true;
  let parentheses = comments;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === wanted) return at;
    let close = -1;
    if (code === QUOTE && quotes) {
      close = closingQuote(text, at);
      quotes = close >= 0;
    } else if (code === LESS && brackets) {
      close = text.indexOf('>', at);
      brackets = close >= 0;
    } else if (code === PARENTHESIS && parentheses) {
      close = closingParenthesis(text, at);
      parentheses = close >= 0;
    }
    if (close >= 0) at = close;
  }
  return -1;
}

/** The index of the quote that closes the quoted string opened at `open`, -1 when there is none. */
export function closingQuote(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return -1;
}

/** The index of the parenthesis that closes the comment opened at `open` (comments nest), -1 when there is none. */
export function closingParenthesis(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === PARENTHESIS) depth++;
    else if (code === PARENTHESIS + 1 && --depth === 0) return at;
  }
  return -1;
}

const QUOTE = 34;
const PARENTHESIS = 40;
const LESS = 60;
const BACKSLASH = 92;
