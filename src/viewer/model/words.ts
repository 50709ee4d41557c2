// Two texts → their words, and which of them the other has not, in the longest order they have in common.

export interface Word {
  readonly text: string;
  readonly differs: boolean;
}

export function differingWords(one: string, other: string): [Word[], Word[]] {
  const a = one.match(WORDS) ?? [];
  const b = other.match(WORDS) ?? [];
  if (a.length * b.length > MOST) return [[{ text: one, differs: true }], [{ text: other, differs: true }]];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i]![j] =
        a[i] === b[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
    }
  }
  const left: Word[] = [];
  const right: Word[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      left.push({ text: a[i++]!, differs: false });
      right.push({ text: b[j++]!, differs: false });
    } else if (j >= b.length || (i < a.length && lengths[i + 1]![j]! >= lengths[i]![j + 1]!))
      left.push({ text: a[i++]!, differs: true });
    else right.push({ text: b[j++]!, differs: true });
  }
  return [left, right];
}

/** Letters and digits together; what stands between them one by one. */
const WORDS = /[\p{L}\p{N}_-]+|./gsu;
const MOST = 250_000;
