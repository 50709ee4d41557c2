// A predicted message and the recorded one → what differs: start line, headers value by value and in order, SDP line by line,
// other bodies. Secrets are masked before. What it means is said elsewhere.
import { type HeaderDifference, messageDifference } from '../explain/message-difference.ts';
import type { SipMessage } from '../sip/message.ts';
import { firstOrder, headerSpellings } from './header-lines.ts';

export interface Difference {
  readonly part: 'start line' | 'header' | 'spelling' | 'header order' | 'SDP' | 'body';
  /** Of the header, long form; for SDP the type letter of the line; else ''. */
  readonly name: string;
  /** What stands there; empty where there is nothing. */
  readonly predicted: readonly string[];
  readonly recorded: readonly string[];
  /** The same values in another order. */
  readonly reordered: boolean;
}

/** In the order: start line, headers, their order, SDP, what else is in the body. Empty when nothing differs. */
export function differencesOf(predicted: SipMessage, recorded: SipMessage): Difference[] {
  const { startLine, headers, sdp, body } = messageDifference(predicted, recorded);
  const found: Difference[] = [];
  if (startLine.change === 'changed') {
    const { before, after } = startLine;
    found.push({ ...place('start line'), predicted: [before], recorded: [after] });
  }
  for (const header of headers) if (header.change !== 'same') found.push(ofHeader(header));
  found.push(...spellings(predicted, recorded), ...orders(predicted, recorded));
  for (const { before, after } of sdp) {
    if (before === after) continue;
    const name = (before ?? after)!.slice(0, 1);
    found.push({ ...place('SDP', name), predicted: list(before), recorded: list(after) });
  }
  if (body !== 'same') {
    const [mine, other] = [lengthOf(predicted), lengthOf(recorded)];
    found.push({ ...place('body'), predicted: list(mine), recorded: list(other) });
  }
  return found;
}

function ofHeader(header: HeaderDifference): Difference {
  const { name, before, after, change } = header;
  const reordered = change === 'reordered';
  return { ...place('header', name), predicted: before, recorded: after, reordered };
}

/** RFC 3261 §7.3.1, §7.3.3: the same header under another spelling of its name. */
function spellings(predicted: SipMessage, recorded: SipMessage): Difference[] {
  const mine = headerSpellings(predicted);
  return [...headerSpellings(recorded)].flatMap(([name, spelled]) => {
    const own = mine.get(name);
    if (own === undefined || own === spelled) return [];
    return [{ ...place('spelling', name), predicted: [own], recorded: [spelled] }];
  });
}

function orders(predicted: SipMessage, recorded: SipMessage): Difference[] {
  const [mine, other] = [firstOrder(predicted), firstOrder(recorded)];
  const common = (names: readonly string[], others: readonly string[]) =>
    names.filter((name) => others.includes(name));
  const [one, two] = [common(mine, other), common(other, mine)];
  if (one.join() === two.join()) return [];
  const [before, after] = [[one.join(', ')], [two.join(', ')]];
  return [{ ...place('header order'), predicted: before, recorded: after, reordered: true }];
}

function place(part: Difference['part'], name = '') {
  return { part, name, reordered: false };
}

function list(line: string | null): string[] {
  return line === null || line === '' ? [] : [line];
}

function lengthOf({ body, contentType }: SipMessage): string {
  return body.length === 0 ? '' : `${body.length} octets of ${contentType?.name ?? 'no type'}`;
}
