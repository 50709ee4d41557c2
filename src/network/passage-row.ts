// Ways that messages came ⇄ a list that another thread gets: five values each, which are copied in a fifth of the time that an
// object takes.
import { type HepFacts, type Passage, samePassage } from './passage.ts';

/** Of each: tunnel, version of HEP (0 for none), agent, correlation ID and node. */
export type PassageValues = readonly (string | number | null)[];

export class PassageWriter {
  private list: (string | number | null)[] = [];
  private last: Passage | null = null;

  /** Which one it is, from 0. One that is not that of the message before may get another number. */
  numberOf(passage: Passage): number {
    const { list, last } = this;
    if (last === null || !samePassage(last, passage)) {
      const { version, agent, correlationId, node } = passage.hep ?? NO_HEP;
      list.push(passage.tunnel, version, agent, correlationId, node);
      this.last = passage;
    }
    return list.length / VALUES - 1;
  }

  /** What was written since this was asked for; numbers begin again at 0. */
  take(): PassageValues {
    const { list } = this;
    if (list.length === 0) return NOTHING;
    this.list = [];
    this.last = null;
    return list;
  }
}

export function readPassages(values: PassageValues): readonly Passage[] {
  const passages: Passage[] = [];
  let before = NOWHERE;
  for (let at = 0; at < values.length; at += VALUES) {
    const [tunnel, version, agent, correlationId, node] = values.slice(at, at + VALUES) as Row;
    const hep: HepFacts | null =
      version === 0
        ? null
        : { version, agent, correlationId, node: node === before.hep?.node ? before.hep.node : node };
    // Most say the same but for the call: what is kept of many is one text.
    before = { tunnel: tunnel === before.tunnel ? before.tunnel : tunnel, hep };
    passages.push(before);
  }
  return passages;
}

type Row = [tunnel: string, version: number, agent: number | null, correlationId: string, node: string];
const VALUES = 5;
const NO_HEP: HepFacts = { version: 0, agent: null, correlationId: '', node: '' };
const NOWHERE: Passage = { tunnel: '', hep: null };
const NOTHING: PassageValues = [];
