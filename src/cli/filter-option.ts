// The --filter option as the verbs use it: put to messages as they come, or to calls when they are handed on.
import type { Call, MessageInfo } from '../dialog/call.ts';
import type { Collector } from '../filter/collector.ts';
import { type Filter, parseFilter } from '../filter/filter.ts';
import { FilterError, formatFilterError } from '../filter/filter-error.ts';
import type { SipMessage } from '../sip/message.ts';
import { CliError } from './exit.ts';
import { Output } from './output/output.ts';
import { read } from './read.ts';

/** A wrong expression ends the program, pointing at the column. */
export function parseFilterOption(text: string): FilterOption {
  try {
    return new FilterOption(parseFilter(text));
  } catch (error) {
    if (error instanceof FilterError) throw new CliError(`--filter: ${formatFilterError(error)}`);
    throw error;
  }
}

export class FilterOption {
  readonly filter: Filter;
  /** A filter of call fields alone gathers nothing: the call has them. */
  readonly #collects: boolean;
  readonly #settled = new Map<number, Call>();
  readonly #open = new Map<Call, Collector>();

  constructor(filter: Filter) {
    this.filter = filter;
    this.#collects = filter.needs.message || filter.needs.packet;
  }

  /**
   * A message asked about with fields of its call: they are those the call ends with, which takes a reading before. On
   * standard input they are those of the call so far.
   */
  async settle(captures: readonly string[]): Promise<void> {
    if (!this.filter.needs.call || captures.includes('-')) return;
    const onCall = (call: Call): unknown => this.#settled.set(call.id, call);
    await read(captures, {}, { output: new Output(), silent: true, onCall });
  }

  message(message: SipMessage, info: MessageInfo): boolean {
    return this.filter.message(message, info, this.#settled.get(info.call.id) ?? info.call);
  }

  /** Gathers what the filter uses of a call's messages, so that `call` can answer when the call is handed on. */
  readonly collect = (message: SipMessage, info: MessageInfo): void => {
    if (!this.#collects) return;
    let collector = this.#open.get(info.call);
    if (collector === undefined) {
      collector = this.filter.collector();
      this.#open.set(info.call, collector);
    }
    collector.add(message, info);
  };

  /** Whether the call matches, over all its messages; asked once for each call. */
  call(call: Call): boolean {
    const collector = this.#open.get(call) ?? this.filter.collector();
    this.#open.delete(call);
    return collector.matches(call);
  }
}
