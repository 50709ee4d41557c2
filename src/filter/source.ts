// Where a compiled filter gets the values of its fields from. Each field it uses has a slot.
import type { Facts, Field, Value } from './field.ts';

export interface ValueSource {
  /** Valid until the source is asked about something else. */
  values(slot: number): readonly Value[];
}

/** Reads from what is at hand; each slot at most once for each question. */
export class FactsSource implements ValueSource {
  private readonly fields: readonly Field[];
  private readonly scratch: Value[][];
  private readonly readFor: number[];
  private question = 0;
  private facts: readonly Facts[] = [];

  constructor(fields: readonly Field[]) {
    this.fields = fields;
    this.scratch = fields.map(() => []);
    this.readFor = fields.map(() => 0);
  }

  /** Starts a question about these facts: values of a field are those of all of them. */
  ask(facts: readonly Facts[]): this {
    this.facts = facts;
    this.question++;
    return this;
  }

  values(slot: number): readonly Value[] {
    const out = this.scratch[slot];
    if (this.readFor[slot] === this.question) return out;
    this.readFor[slot] = this.question;
    out.length = 0;
    const { read } = this.fields[slot];
    for (const facts of this.facts) read(facts, out);
    return out;
  }
}
