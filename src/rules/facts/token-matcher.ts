// Many words looked for in a text at once (Aho and Corasick, 1975): the text is read once, however many words there are. Words and
// texts are in lower case.

export class TokenMatcher {
  /** `next[node]` by character code; the root is 0. */
  private readonly next: Map<number, number>[] = [new Map()];
  /** Where to go on when no character fits. */
  private readonly fall: number[] = [0];
  /** Words that end at a node, by index, those of shorter suffixes included. */
  private readonly ends: number[][] = [[]];
  private readonly words: readonly string[];

  constructor(words: readonly string[]) {
    this.words = words;
    for (const [index, word] of words.entries()) this.add(word, index);
    this.link();
  }

  /** Calls `found` with the index of a word and where it begins, in order of where it ends. */
  search(text: string, found: (word: number, at: number) => void): void {
    let node = 0;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      let to = this.next[node]!.get(code);
      while (to === undefined && node !== 0) {
        node = this.fall[node]!;
        to = this.next[node]!.get(code);
      }
      node = to ?? 0;
      for (const word of this.ends[node]!) found(word, i + 1 - this.words[word]!.length);
    }
  }

  private add(word: string, index: number): void {
    if (word === '') return;
    let node = 0;
    for (let i = 0; i < word.length; i++) {
      const code = word.charCodeAt(i);
      let to = this.next[node]!.get(code);
      if (to === undefined) {
        to = this.next.length;
        this.next.push(new Map());
        this.fall.push(0);
        this.ends.push([]);
        this.next[node]!.set(code, to);
      }
      node = to;
    }
    this.ends[node]!.push(index);
  }

  private link(): void {
    const queue = [...this.next[0]!.values()];
    for (let head = 0; head < queue.length; head++) {
      const node = queue[head]!;
      for (const [code, to] of this.next[node]!) {
        queue.push(to);
        let back = this.fall[node]!;
        while (back !== 0 && !this.next[back]!.has(code)) back = this.fall[back]!;
        const target = this.next[back]!.get(code);
        this.fall[to] = target === undefined || target === to ? 0 : target;
        this.ends[to]!.push(...this.ends[this.fall[to]!]!);
      }
    }
  }
}
