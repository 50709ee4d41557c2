// The message details of an RFC of call flows → a flow of each section, as rules are tested with. The text is read where it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../shared/rfc');

/** Section → flow; messages 20 ms apart, in the order they are printed. Empty where the text is not there. */
export function rfcFlows(number: number, hosts: Readonly<Record<string, string>>): Map<string, string> {
  const flows = new Map<string, string[]>();
  let section = '';
  const lines = linesOf(number);
  for (let at = 0; at < lines.length; ) {
    const heading = /^(\d+(?:\.\d+)+)\.? +\S/.exec(lines[at]!);
    if (heading !== null && !/\.{4}/.test(lines[at]!)) section = heading[1]!;
    const step = /^ {3}F\d+ .*?(\S+(?: (?:\d|Server))?) -> (\S.*?)\s*$/.exec(lines[at]!);
    at++;
    if (step === null) continue;
    const { text, end } = messageAt(lines, at);
    at = end;
    const [src, dst] = [hosts[step[1]!], hosts[step[2]!]];
    if (text === '' || src === undefined || dst === undefined) continue;
    const flow = flows.get(section) ?? [];
    flows.set(section, flow);
    const transport = /^Via: SIP\/2\.0\/(\w+)/m.exec(text)?.[1]?.toLowerCase() ?? 'udp';
    flow.push(`=== ${(flow.length / 50).toFixed(3)} ${src} > ${dst} ${transport}\n${text}\n`);
  }
  return new Map([...flows].map(([name, blocks]) => [name, blocks.join('\n')]));
}

/** Without what divides the pages. */
function linesOf(number: number): string[] {
  let text: string;
  try {
    text = readFileSync(join(FOLDER, `rfc${number}.txt`), 'utf8');
  } catch {
    return [];
  }
  const page = new RegExp(`\\n+[^\\n]*\\[Page \\d+\\]\\s*\\n+\\f?\\s*RFC ${number} [^\\n]*\\n+`, 'g');
  return text.replace(page, '\n').split('\n');
}

function messageAt(lines: readonly string[], from: number): { text: string; end: number } {
  let at = from;
  while (at < lines.length && lines[at]!.trim() === '') at++;
  if (!/^ {3}(SIP\/2\.0 \d|[A-Z]+ \S+ SIP\/2\.0)/.test(lines[at] ?? '')) return { text: '', end: at };
  const head: string[] = [];
  // Where a page ended, the next message or the body may follow at once.
  while (at < lines.length && /^ {3}(?!F\d+ |[a-z]=|\/\*)/.test(lines[at]!))
    head.push(lines[at++]!.slice(3).trimEnd());
  const isLong = head.some((line) => /^Content-Length: [1-9]/.test(line));
  if (!isLong) return { text: `${head.join('\n')}\n`, end: at };
  while (lines[at]?.trim() === '') at++;
  const body: string[] = [];
  while (/^ {3}[a-z]=/.test(lines[at] ?? '')) body.push(lines[at++]!.trim());
  // The printed lengths count other line ends, or none.
  const counted = head.map((line) => line.replace(/^Content-Length: \d+/, 'Content-Length: *'));
  return { text: `${counted.join('\n')}\n\n${body.join('\n')}\n`, end: at };
}
