// Ways that messages came, each once, by the order of their first messages: a message then needs no more than a number.
import { type Passage, samePassage } from '../../network/passage.ts';

export class PassageList {
  readonly all: Passage[];
  /** Of many, by what they are. */
  private numbers: Map<string, number> | null = null;

  /** Most calls have one: a list that grows would have room for many more. */
  constructor(first: Passage) {
    this.all = [first];
  }

  /** From 0; a new one gets the next. */
  numberOf(passage: Passage): number {
    const { all } = this;
    const number = this.find(passage);
    if (number >= 0) return number;
    all.push(passage);
    if (this.numbers !== null) this.numbers.set(keyOf(passage), all.length - 1);
    else if (all.length === MANY) this.numbers = new Map(all.map((one, index) => [keyOf(one), index]));
    return all.length - 1;
  }

  /** Nothing is added any more. */
  close(): void {
    this.numbers = null;
  }

  private find(passage: Passage): number {
    const { all, numbers } = this;
    if (numbers !== null) return numbers.get(keyOf(passage)) ?? -1;
    for (let number = all.length - 1; number >= 0; number--)
      if (samePassage(all[number], passage)) return number;
    return -1;
  }
}

function keyOf({ tunnel, hep }: Passage): string {
  if (hep === null) return tunnel;
  const { version, agent, node, correlationId } = hep;
  return `${tunnel}\n${version} ${agent} ${node.length} ${node}${correlationId}`;
}

const MANY = 16;
