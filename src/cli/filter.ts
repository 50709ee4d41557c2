// The --filter option as the verbs use it: put to messages as they come, or to calls when they are handed on.
import type { Call, MessageInfo } from '../dialog/call.ts';
import type { Collector } from '../filter/collector.ts';
import { type Filter, parseFilter } from '../filter/filter.ts';
import { FilterError, formatFilterError } from '../filter/filter-error.ts';
import type { SipMessage } from '../sip/message.ts';
import { CliError } from './exit.ts';

/** Null without an expression; a wrong one ends the program, pointing at the column. */
export function openFilter(text: string | undefined): FilterOption | null {
  if (text === undefined) return null;
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
  readonly #open = new Map<Call, Collector>();

  constructor(filter: Filter) {
    this.filter = filter;
    this.#collects = filter.needs.message || filter.needs.packet;
  }

  message(message: SipMessage, info: MessageInfo): boolean {
    return this.filter.message(message, info, info.call);
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
