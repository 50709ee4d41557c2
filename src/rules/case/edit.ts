// Changes to a flow, as data, so that a case reads as "the conforming flow, but for this" and its page can show it.
import type { Transport } from '../../network/payload.ts';
import { type FlowMessage, parseFlow } from './flow.ts';

/** Messages are named by their number in the flow before any edit, from 1. */
export type Edit =
  /** The first place of `replace` in the message (or in each of several); it must be there. */
  | { readonly at: number | readonly number[]; readonly replace: string; readonly by: string }
  /** Every line that begins with this. */
  | { readonly at: number | readonly number[]; readonly remove: string }
  /** A line before the one that begins with `before`; at the end of the headers unless given. */
  | { readonly at: number | readonly number[]; readonly add: string; readonly before?: string }
  /** Every place in every message, and in the addresses they go between. */
  | { readonly everywhere: string; readonly by: string }
  | { readonly drop: number | readonly number[] }
  /** More messages, in the form of a flow; they find their place by time. */
  | { readonly insert: string }
  /** Sent again as it is, at this time. */
  | { readonly again: number; readonly seconds: number }
  /** All of them over another transport. */
  | { readonly over: Transport }
  /** Sent from, or to, another address. */
  | { readonly at: number | readonly number[]; readonly from: string }
  | { readonly at: number | readonly number[]; readonly to: string }
  /** Another body. */
  | { readonly at: number | readonly number[]; readonly body: string }
  /** Seen at another time, in seconds. */
  | { readonly at: number; readonly seconds: number };

type Change = Extract<Edit, { at: unknown }>;

/** Throws when an edit finds nothing to change: then the case would say something else than it seems to. */
export function editFlow(flow: readonly FlowMessage[], edits: readonly Edit[]): FlowMessage[] {
  const slots: (FlowMessage | null)[] = [...flow];
  const more: FlowMessage[] = [];
  for (const edit of edits) {
    if ('insert' in edit) more.push(...parseFlow(edit.insert));
    else if ('everywhere' in edit) everywhere(slots, edit.everywhere, edit.by);
    else if ('over' in edit) overall(slots, edit.over);
    else if ('again' in edit) more.push({ ...slots[edit.again - 1]!, seconds: edit.seconds });
    else {
      for (const number of [('drop' in edit ? edit.drop : edit.at) as number | readonly number[]].flat()) {
        const before = slots[number - 1];
        if (before === undefined || before === null) throw new Error(`no message ${number} in the flow`);
        slots[number - 1] = 'drop' in edit ? null : change(before, edit);
      }
    }
  }
  const left = slots.filter((slot) => slot !== null);
  return [...left, ...more].sort((a, b) => a.seconds - b.seconds);
}

function change(message: FlowMessage, edit: Change) {
  if ('seconds' in edit) return { ...message, seconds: edit.seconds };
  if ('from' in edit) return { ...message, src: edit.from };
  if ('to' in edit) return { ...message, dst: edit.to };
  if ('body' in edit) return { ...message, text: `${message.text.split('\n\n')[0]}\n\n${edit.body}` };
  const { text } = message;
  let changed: string;
  if ('replace' in edit) changed = text.replace(edit.replace, () => edit.by);
  else if ('remove' in edit) changed = removeLines(text, edit.remove);
  else changed = addLine(text, edit.add, edit.before);
  if (changed === text) throw new Error(`${JSON.stringify(edit)} changes nothing`);
  return { ...message, text: changed };
}

function overall(slots: (FlowMessage | null)[], transport: Transport): void {
  slots.forEach((slot, index) => {
    if (slot !== null) slots[index] = { ...slot, transport };
  });
}

function removeLines(text: string, prefix: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith(prefix))
    .join('\n');
}

function addLine(text: string, line: string, before: string | undefined): string {
  const lines = text.split('\n');
  const at = before === undefined ? lines.indexOf('') : lines.findIndex((one) => one.startsWith(before));
  if (at < 0) throw new Error(`no line begins with ${before}`);
  lines.splice(at, 0, line);
  return lines.join('\n');
}

function everywhere(slots: (FlowMessage | null)[], text: string, by: string): void {
  let found = false;
  slots.forEach((slot, index) => {
    if (slot === null) return;
    const swap = (one: string): string => one.replaceAll(text, () => by);
    const changed = { ...slot, text: swap(slot.text), src: swap(slot.src), dst: swap(slot.dst) };
    if (changed.text !== slot.text || changed.src !== slot.src || changed.dst !== slot.dst) found = true;
    slots[index] = changed;
  });
  if (!found) throw new Error(`${JSON.stringify(text)} is nowhere in the flow`);
}
