// A case of a rule → the lines in which it differs from its conforming flow, as a diff that a page can show.
import { editFlow } from '../rules/case/edit.ts';
import { type FlowMessage, parseFlow } from '../rules/case/flow.ts';
import type { RuleCase } from '../rules/case/rule-case.ts';

/** One block for each message that was changed, dropped or inserted; empty for a flow as it is. */
export function caseDiff({ flow, edits = [] }: RuleCase): string[] {
  const before = parseFlow(flow);
  const after = editFlow(before, edits);
  const kept = new Set(after.filter((message) => before.includes(message)));
  const left = before.filter((message) => !kept.has(message));
  const blocks: string[] = [];
  for (const message of after) {
    if (kept.has(message)) continue;
    const from = left.findIndex((one) => isSame(one, message));
    blocks.push(from < 0 ? whole('+', message) : changed(left.splice(from, 1)[0]!, message));
  }
  return [...blocks, ...left.map((message) => `-${seen(message)} ${startLine(message)}`)];
}

/** The messages of a flow, a line each. */
export function flowLines(flow: readonly FlowMessage[]): string[] {
  return flow.map((message, index) => `${index + 1}  ${seen(message)}  ${startLine(message)}`);
}

/** Changed from one to the other: the same hop at the same time, or the same request or response at another time. */
function isSame(one: FlowMessage, other: FlowMessage): boolean {
  if (one.src !== other.src || one.dst !== other.dst) return false;
  return one.seconds === other.seconds || one.text === other.text;
}

function changed(before: FlowMessage, after: FlowMessage): string {
  const lines = before.seconds === after.seconds ? [] : [`-${seen(before)}`, `+${seen(after)}`];
  const [first, ...rest] = lineDiff(before.text.trimEnd().split('\n'), after.text.trimEnd().split('\n'));
  const differing = rest.filter((line) => !line.startsWith(' '));
  return [...lines, first!, ...differing].slice(0, MAX_LINES).join('\n');
}

function whole(sign: string, message: FlowMessage): string {
  const lines = [seen(message), ...message.text.trimEnd().split('\n')];
  const more = lines.length > MAX_LINES ? [`${sign}…`] : [];
  return [...lines.slice(0, MAX_LINES).map((line) => `${sign}${line}`), ...more].join('\n');
}

function seen({ seconds, src, dst }: FlowMessage): string {
  return `${seconds.toFixed(3)} ${src} > ${dst}`;
}

function startLine({ text }: FlowMessage): string {
  return text.slice(0, text.indexOf('\n'));
}

/** Lines with ` `, `-` or `+` before them, by their longest common subsequence. */
function lineDiff(a: readonly string[], b: readonly string[]): string[] {
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push(` ${a[i++]}`);
      j++;
    } else if (i < a.length && (j === b.length || common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
}

const MAX_LINES = 24;
