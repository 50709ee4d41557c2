// Texts that many calls share, each kept once and called by a number.

export class Names {
  /** By number; 0 is no text. */
  readonly texts: string[] = [''];
  private readonly numbers = new Map<string, number>([['', 0]]);

  numberOf(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.length;
    this.numbers.set(text, number);
    this.texts.push(text);
    return number;
  }
}
