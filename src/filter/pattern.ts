// The pattern of `matches` → a test of text, in time linear in the text whatever the pattern: texts come from the wire.
// The machine is in a set of places at once; sets that were met become states, with their moves remembered.
import { compileProgram, type Instruction } from './pattern-program.ts';
import { isWord, PatternError, parsePattern } from './pattern-syntax.ts';

/** A test, without regard to case; or, as text, what is wrong with the pattern. */
export function compilePattern(pattern: string): ((text: string) => boolean) | string {
  if (pattern.length > MAX_LENGTH) return `a pattern may have ${MAX_LENGTH} characters`;
  try {
    const machine = new Machine(compileProgram(parsePattern(pattern)));
    return (text) => machine.test(text);
  } catch (error) {
    if (error instanceof PatternError) return `bad pattern: ${error.message}`;
    throw error;
  }
}

/** A set of places, before a unit is read, with what kind of unit came before. */
interface State {
  readonly places: readonly number[];
  readonly before: Side;
  /** By the unit that is read; 128 units have a place of their own. */
  readonly ascii: (State | undefined)[];
  readonly others: Map<number, State>;
  /** Whether it matches when the text ends here. */
  atEnd: boolean | undefined;
}

type Side = 'edge' | 'word' | 'other';

class Machine {
  private readonly program: readonly Instruction[];
  private states = new Map<string, State>();
  private readonly seen: Int32Array;
  private readonly initial: State;
  private round = 0;

  constructor(program: readonly Instruction[]) {
    this.program = program;
    this.seen = new Int32Array(program.length);
    this.initial = this.state([], 'edge');
  }

  test(text: string): boolean {
    let state = this.initial;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      const next = (unit < 128 ? state.ascii[unit] : state.others.get(unit)) ?? this.move(state, unit);
      if (next === MATCHED) return true;
      state = next;
    }
    state.atEnd ??= this.follow(state, 'edge') === null;
    return state.atEnd;
  }

  private move(from: State, unit: number): State {
    const side = isWord(unit) ? 'word' : 'other';
    const waiting = this.follow(from, side);
    let to = MATCHED;
    if (waiting !== null) {
      const places: number[] = [];
      for (const place of waiting) {
        const instruction = this.program[place];
        if (instruction.kind === 'unit' && instruction.test(unit)) places.push(place + 1);
      }
      to = this.state(places, side);
    }
    if (unit < 128) from.ascii[unit] = to;
    else if (from.others.size < MAX_OTHERS) from.others.set(unit, to);
    return to;
  }

  /** The places that wait for a unit, reached from a state and from the pattern's beginning; null when it matched. */
  private follow({ places, before }: State, after: Side): number[] | null {
    this.round++;
    const waiting: number[] = [];
    const stack = [0, ...places];
    for (let place = stack.pop(); place !== undefined; place = stack.pop()) {
      if (this.seen[place] === this.round) continue;
      this.seen[place] = this.round;
      const instruction = this.program[place];
      if (instruction.kind === 'match') return null;
      if (instruction.kind === 'unit') waiting.push(place);
      else if (instruction.kind === 'jump') stack.push(instruction.to);
      else if (instruction.kind === 'split') stack.push(instruction.second, instruction.first);
      else if (holds(instruction.what, before, after)) stack.push(place + 1);
    }
    return waiting;
  }

  private state(places: number[], before: Side): State {
    const key = `${before} ${places.sort((a, b) => a - b).join(' ')}`;
    let state = this.states.get(key);
    if (state === undefined) {
      if (this.states.size >= MAX_STATES) this.states = new Map();
      state = { places, before, ascii: new Array(128).fill(undefined), others: new Map(), atEnd: undefined };
      this.states.set(key, state);
    }
    return state;
  }
}

function holds(what: 'start' | 'end' | 'boundary' | 'no-boundary', before: Side, after: Side): boolean {
  switch (what) {
    case 'start':
      return before === 'edge';
    case 'end':
      return after === 'edge';
    case 'boundary':
      return (before === 'word') !== (after === 'word');
    case 'no-boundary':
      return (before === 'word') === (after === 'word');
  }
}

const MATCHED: State = { places: [], before: 'other', ascii: [], others: new Map(), atEnd: true };
const MAX_LENGTH = 1024;
const MAX_STATES = 500;
const MAX_OTHERS = 500;
