// What stands above a ladder in SVG and HTML: what and when, between whom, Call-IDs.
import { formatTimestamp } from '../capture/timestamp.ts';
import type { Title } from './drawing.ts';
import { printable } from './printable.ts';
import { formatSpan } from './span.ts';
import { wrapText } from './text-width.ts';

/** A line of it: its baseline from the top, its classes, its words (printable, to be escaped). */
export interface TitleText {
  readonly y: number;
  readonly classes: string;
  readonly text: string;
}

export function titleTexts(title: Title, room: number): TitleText[] {
  const texts: TitleText[] = [];
  let y = 0;
  const put = (text: string, classes: string, size: number, line: number, most: number): void => {
    for (const one of wrapText(text, room, size, most)) {
      y += line;
      texts.push({ y, classes, text: one });
    }
  };
  put(titleHead(title), 'h ink', 18, 20, 2);
  put(titleParties(title), 'ink', 13, 19, 3);
  for (const line of titleNotes(title)) put(line, 's dim', 11, 15, 2);
  return texts;
}

/** `1  call  completed  1.72 s  13 messages`. */
export function titleHead({ index, kind, state, milliseconds, messages, duplicates }: Title): string {
  const count = `${messages} message${messages === 1 ? '' : 's'}`;
  const twice = duplicates === 0 ? '' : ` (${duplicates} seen twice)`;
  const facts = [`${index}`, kind, state, formatSpan(milliseconds), `${count}${twice}`];
  return printable(facts.filter((fact) => fact !== '').join(' · '));
}

/** `sip:alice@example.com → sip:bob@example.com`. Pictures are handed on: a password is masked (RFC 3261 §19.1.1). */
export function titleParties({ from, to }: Title): string {
  const [one, other] = [from, to].map(
    (uri) => printable(uri.slice(0, 1000).replace(PASSWORD, '$1*****@')) || '?',
  );
  return `${one} → ${other}`;
}

/** When, and the Call-IDs. */
export function titleNotes({ start, callId, others }: Title): string[] {
  const when = start === null ? '' : `${formatTimestamp(start).slice(0, 26).replace('T', ' ')} UTC`;
  const first = callId === '' ? '' : `Call-ID ${printable(callId.slice(0, 1000))}`;
  const more = others.map(({ callId: other, note }) => {
    return `and ${printable(other.slice(0, 1000))}${note === '' ? '' : ` (${printable(note)})`}`;
  });
  return [[when, first].filter((text) => text !== '').join(' · '), ...more].filter((text) => text !== '');
}

const PASSWORD = /^(sips?:[^:@]*:)[^@]*@/i;
