// The values that a filter's fields take over the messages of one call, gathered as they come by: distinct ones only,
// so that a call costs what its variety costs and no message is kept.
import type { Timestamp } from '../capture/timestamp.ts';
import type { Call } from '../dialog/call.ts';
import type { SipMessage } from '../sip/message.ts';
import type { Compiled } from './compile.ts';
import { Facts, type MessageFacts, type Value } from './field.ts';
import type { ValueSource } from './source.ts';

export class Collector implements ValueSource {
  /** Values were left out because there were too many different ones. */
  capped = false;

  private readonly compiled: Compiled;
  private readonly since: () => Timestamp | null;
  private readonly noteStart: (time: Timestamp) => void;
  private readonly gathered: (Set<Value> | null)[];
  private call: Call | null = null;

  constructor(compiled: Compiled, since: () => Timestamp | null, noteStart: (time: Timestamp) => void) {
    this.compiled = compiled;
    this.since = since;
    this.noteStart = noteStart;
    this.gathered = compiled.fields.map(() => null);
  }

  add(message: SipMessage, info: MessageFacts | null = null): void {
    this.noteStart(message);
    FACTS.since = this.since();
    FACTS.set(null, message, info, null);
    const { fields } = this.compiled;
    for (let slot = 0; slot < fields.length; slot++) {
      if (fields[slot].level === 'call') continue;
      SCRATCH.length = 0;
      fields[slot].read(FACTS, SCRATCH);
      if (SCRATCH.length > 0) this.gather(slot);
    }
  }

  /** Whether the call matches, with the messages added so far. */
  matches(call: Call): boolean {
    this.call = call;
    const answer = this.compiled.predicate(this);
    this.call = null;
    return answer;
  }

  values(slot: number): readonly Value[] {
    const field = this.compiled.fields[slot];
    if (field.level !== 'call') return [...(this.gathered[slot] ?? [])];
    const out: Value[] = [];
    FACTS.set(null, null, null, this.call);
    field.read(FACTS, out);
    return out;
  }

  private gather(slot: number): void {
    let set = this.gathered[slot];
    if (set === null) {
      set = new Set();
      this.gathered[slot] = set;
    }
    for (const value of SCRATCH) {
      if (set.size >= MAX_VALUES) this.capped = true;
      else set.add(value);
    }
  }
}

// One message is read at a time, whatever the number of open calls.
const FACTS = new Facts();
const SCRATCH: Value[] = [];

/** Distinct values of one field in one call. */
const MAX_VALUES = 10_000;
