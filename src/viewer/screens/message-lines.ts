// A message → styled lines: its octets as they are (secrets masked), what is wrong at its lines, what the rules found, and
// on demand what each line means.
import { formatTimestamp } from '../../capture/timestamp.ts';
import { explainMessage } from '../../explain/explain.ts';
import type { ExplainedLine } from '../../explain/explained-line.ts';
import { printable } from '../../ladder/printable.ts';
import { line, type Span, type StyledLine, span, wrap } from '../model/styled.ts';
import { LETTERS, type OpenedMessage } from '../reading/opened-call.ts';

export function messageLines(
  opened: OpenedMessage,
  width: number,
  { decoded, ascii }: { readonly decoded: boolean; readonly ascii: boolean },
): readonly StyledLine[] {
  const key = `${width} ${decoded} ${ascii}`;
  const known = DRAWN.get(opened);
  if (known?.key === key) return known.lines;
  const { message, findings } = opened;
  const explained = explainMessage(message, { secrets: false });
  const lines = [...headLines(opened, ascii)];
  const told = new Set<OpenedMessage['findings'][number]>();
  for (const one of explained) {
    lines.push(...textLines(one, ascii));
    for (const { severity, message: words, code } of one.diagnostics)
      lines.push(line(span(`  ! ${printable(words, ascii)} [${code}]`, severity)));
    for (const finding of findings) {
      const here = finding.evidence.some(
        ({ frame, offset }) =>
          frame === message.frame && offset >= one.start && offset < Math.max(one.end, one.start + 1),
      );
      if (!here || told.has(finding)) continue;
      told.add(finding);
      lines.push(findingLine(finding, ascii));
    }
    if (decoded || one.encoded) {
      const notes = decoded ? [one.purpose, ...one.decoded] : one.decoded;
      for (const note of notes)
        if (note !== '') lines.push(line(span(`    ${printable(note, ascii)}`, 'dim')));
    }
  }
  const untold = findings
    .filter((finding) => !told.has(finding))
    .map((finding) => findingLine(finding, ascii));
  const head = lines.slice(0, HEAD);
  const all = [...head, ...untold, ...lines.slice(HEAD)].flatMap((one) => wrap(one, width));
  DRAWN.set(opened, { key, lines: all });
  return all;
}

function headLines({ message, retransmissionOf, duplicateOf }: OpenedMessage, ascii: boolean): StyledLine[] {
  const frames = message.frames ?? [message.frame];
  const again =
    retransmissionOf > 0
      ? `  retransmission of ${retransmissionOf}`
      : duplicateOf > 0
        ? `  duplicate of ${duplicateOf}`
        : '';
  const arrow = ascii ? '->' : '→';
  return [
    line(
      span(`${formatTimestamp(message).slice(0, 26).replace('T', ' ')}  packet ${frames.join(', ')}`, 'dim'),
    ),
    line(span(`${message.src.text} ${arrow} ${message.dst.text}  ${message.transport}${again}`, 'dim')),
    line(),
  ];
}

function textLines(one: ExplainedLine, ascii: boolean): StyledLine[] {
  if (one.kind === 'binary') return dump(one.octets);
  const text = printable(one.text, ascii);
  if (one.kind === 'start-line')
    return [line(span(text, text.startsWith('SIP/') ? statusStyle(text) : 'request'))];
  if (one.kind === 'trailing') return [line(span(text, 'error'))];
  if (one.kind === 'header') {
    const colon = one.purpose === '' ? -1 : text.indexOf(':');
    return [
      {
        spans:
          colon < 0 ? [span(text)] : [span(text.slice(0, colon), 'header'), ...valueSpans(text.slice(colon))],
      },
    ];
  }
  if (one.kind === 'body' && /^[a-z]=/.test(text))
    return [
      line(span(text.slice(0, 1), 'header'), span(text.slice(1), text.startsWith('m=') ? 'chosen' : 'plain')),
    ];
  return [line(span(text))];
}

/** URIs and parameters apart from the rest. */
function valueSpans(text: string): Span[] {
  const spans: Span[] = [];
  let at = 0;
  for (const found of text.matchAll(/sips?:[^\s>;,]+|;[\w.-]+(?==)/g)) {
    spans.push(span(text.slice(at, found.index)), span(found[0], found[0].startsWith(';') ? 'dim' : 'info'));
    at = found.index + found[0].length;
  }
  spans.push(span(text.slice(at)));
  return spans.filter((one) => one.text !== '');
}

function statusStyle(text: string) {
  const hundreds = text.split(' ')[1]?.[0] ?? '';
  return ({ '1': 'provisional', '2': 'success', '3': 'redirect' } as const)[hundreds] ?? 'failure';
}

function findingLine(
  { severity, rule, message }: OpenedMessage['findings'][number],
  ascii: boolean,
): StyledLine {
  return line(span(`  ${LETTERS[severity]} ${rule}: ${printable(message, ascii)}`, severity));
}

/** The first octets of what is no text. */
function dump(octets: Buffer): StyledLine[] {
  const lines: StyledLine[] = [];
  for (let at = 0; at < Math.min(octets.length, MOST_DUMPED); at += 16) {
    const row = octets.subarray(at, at + 16);
    const hex = [...row].map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
    const text = [...row]
      .map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.'))
      .join('');
    lines.push(line(span(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${text}`, 'dim')));
  }
  if (octets.length > MOST_DUMPED)
    lines.push(line(span(`${octets.length - MOST_DUMPED} more octets`, 'dim')));
  return lines;
}

const DRAWN = new WeakMap<OpenedMessage, { key: string; lines: readonly StyledLine[] }>();
const HEAD = 3;
const MOST_DUMPED = 512;
