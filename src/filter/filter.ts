// A filter: text in, a question that can be put to packets, messages and calls out. Wireshark's field names and grammar.

import type { Timestamp } from '../capture/timestamp.ts';
import type { Call, CallEvent } from '../dialog/call.ts';
import type { SipMessage } from '../sip/message.ts';
import { Collector } from './collector.ts';
import { type Compiled, compileExpression } from './compile.ts';
import { Facts, type Level, type MessageFacts, type PacketFacts } from './field.ts';
import { FilterError } from './filter-error.ts';
import { parseExpression } from './parse.ts';
import { FactsSource } from './source.ts';

/** Throws FilterError, which says where. */
export function parseFilter(text: string): Filter {
  if (text.trim() === '') throw new FilterError('the filter is empty', text, 1, 1);
  return new Filter(text, compileExpression(parseExpression(text), text));
}

export class Filter {
  readonly text: string;
  /** Which levels its fields are of: a filter without message fields can be put to packets alone, and so on. */
  readonly needs: Readonly<Record<Level, boolean>>;
  /** The fields it uses, by their canonical names. */
  readonly fields: readonly string[];

  private readonly compiled: Compiled;
  private readonly source: FactsSource;
  private readonly facts = new Facts();
  private readonly alone: readonly Facts[];
  private start: Timestamp | null = null;

  constructor(text: string, compiled: Compiled) {
    this.text = text;
    this.compiled = compiled;
    this.source = new FactsSource(compiled.fields);
    this.alone = [this.facts];
    this.fields = compiled.fields.map(({ name }) => name);
    const uses = (level: Level): boolean => compiled.fields.some((field) => field.level === level);
    this.needs = { packet: uses('packet'), message: uses('message'), call: uses('call') };
  }

  /** Relative times count from here. Without it, from the first thing the filter is asked about. */
  startAt({ seconds, nanoseconds }: Timestamp): void {
    this.start = { seconds, nanoseconds };
  }

  /** A packet, with the messages in it: fields have the values of all of them. */
  packet(packet: PacketFacts, messages: readonly SipMessage[] = []): boolean {
    if (messages.length === 0) return this.ask(packet, null, null, null);
    if (messages.length === 1) return this.ask(packet, messages[0], null, null);
    this.noteStart(packet);
    const all = messages.map((message) => {
      const facts = new Facts();
      facts.since = this.start;
      facts.set(packet, message, null, null);
      return facts;
    });
    return this.compiled.predicate(this.source.ask(all));
  }

  /** A message; `call.*` is known when its call is given. */
  message(message: SipMessage, info: MessageFacts | null = null, call: Call | null = null): boolean {
    return this.ask(null, message, info, call);
  }

  /**
   * A call whose messages are kept. Its fields have the values of all its messages: `sip.Method == "INVITE" &&
   * sip.Status-Code >= 400` picks calls with an INVITE and such a status, though no one message has both.
   */
  call(call: Call, events: readonly CallEvent[] = call.events ?? []): boolean {
    const collector = this.collector();
    for (const event of events) {
      const { message, retransmissionOf, duplicateOf, delay } = event;
      collector.add(message, { retransmissionOf, duplicateOf, delay });
    }
    return collector.matches(call);
  }

  /** The same for a call whose messages are not kept: they are added one by one, and only what the filter uses is. */
  collector(): Collector {
    return new Collector(
      this.compiled,
      () => this.start,
      (time) => this.noteStart(time),
    );
  }

  private ask(
    packet: PacketFacts | null,
    message: SipMessage | null,
    info: MessageFacts | null,
    call: Call | null,
  ): boolean {
    const time = message ?? packet;
    if (this.start === null && time !== null) this.noteStart(time);
    this.facts.since = this.start;
    this.facts.set(packet, message, info, call);
    return this.compiled.predicate(this.source.ask(this.alone));
  }

  private noteStart(time: Timestamp): void {
    if (this.start === null) this.startAt(time);
  }
}
