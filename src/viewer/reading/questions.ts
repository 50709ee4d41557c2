// What only the messages of calls tell → numbers of the calls, by reading the captures once more.
import { parseFilter } from '../../filter/filter.ts';
import { readCaptures } from '../../pipeline.ts';
import type { SipMessage } from '../../sip/message.ts';

export interface Question {
  /** A filter expression that is right, or a text that a message holds. */
  readonly kind: 'expression' | 'payload';
  readonly text: string;
}

/** Whether it is still worth an answer, and where that goes. */
export interface Asker {
  isWanted(): boolean;
  onAnswer(ids: ReadonlySet<number>): void;
}

export class Questions {
  private readonly inputs: readonly string[];
  private readonly threaded: boolean;
  private open = 0;
  private over = false;

  constructor(inputs: readonly string[], threaded: boolean) {
    this.inputs = inputs;
    this.threaded = threaded;
  }

  get areOpen(): boolean {
    return this.open > 0;
  }

  /** A question that is typed is asked when nothing more comes. */
  async ask(question: Question, asker: Asker): Promise<void> {
    this.open++;
    await new Promise((resolve) => setTimeout(resolve, TYPING));
    const ids = asker.isWanted() ? await this.answer(question, asker) : new Set<number>();
    this.open--;
    if (asker.isWanted()) asker.onAnswer(ids);
  }

  stop(): void {
    this.over = true;
  }

  private async answer({ kind, text }: Question, asker: Asker): Promise<ReadonlySet<number>> {
    const ids = new Set<number>();
    const filter = kind === 'expression' ? parseFilter(text) : null;
    const open = new Map<number, ReturnType<NonNullable<typeof filter>['collector']>>();
    await readCaptures({
      inputs: this.inputs,
      threaded: this.threaded,
      reuseCalls: true,
      onMessage(message, info) {
        const { id } = info.call;
        if (filter === null) {
          if (!ids.has(id) && holdsText(message, text)) ids.add(id);
          return;
        }
        let collector = open.get(id);
        if (collector === undefined) {
          collector = filter.collector();
          open.set(id, collector);
        }
        collector.add(message, info);
      },
      onCall(call) {
        const collector = open.get(call.id);
        open.delete(call.id);
        if (collector?.matches(call) === true) ids.add(call.id);
      },
      stopped: () => this.over || !asker.isWanted(),
    });
    return ids;
  }
}

/** Whether the octets of the message hold the text; letters of ASCII in either case. */
export function holdsText(message: SipMessage, text: string): boolean {
  return message.data
    .toString('latin1', message.start, message.limit)
    .toLowerCase()
    .includes(latin1(text).toLowerCase());
}

function latin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Milliseconds without another letter. */
const TYPING = 300;
