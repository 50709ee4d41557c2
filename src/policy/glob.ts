// Patterns with `*` (any run) and `?` (any one character): for rule ids, users and product names. Letters match in either
// case. Time grows with pattern × text at most; there is no backtracking to explode.

export function matchesGlob(pattern: string, text: string): boolean {
  const wanted = pattern.toLowerCase();
  const given = text.toLowerCase();
  let at = 0;
  let i = 0;
  let star = -1;
  let retry = 0;
  while (i < given.length) {
    if (wanted[at] === '*') {
      star = at++;
      retry = i;
    } else if (at < wanted.length && (wanted[at] === '?' || wanted[at] === given[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      at = star + 1;
      i = ++retry;
    } else return false;
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}
