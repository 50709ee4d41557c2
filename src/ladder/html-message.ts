// The messages that an arrow of the HTML ladder opens. They come as plain lines, masked by whoever reads messages.
import { escapeMarkup as e } from './escape-markup.ts';

export interface LadderMessage {
  /** `packet 12`, `10.0.0.1:5060 → 10.0.0.2:5060`, `UDP`, `2026-11-21 03:40:00.123456`. */
  readonly head: readonly string[];
  readonly lines: readonly LadderMessageLine[];
}

/** `wrong` says what is wrong with the line before, `note` what is in it. */
export interface LadderMessageLine {
  readonly kind: 'start-line' | 'header' | 'body' | 'wrong' | 'note';
  readonly text: string;
}

/** Where the panel leads: anchors of the arrow and of the messages before and after; '' for none. */
export interface Neighbours {
  readonly arrow: string;
  readonly before: string;
  readonly after: string;
}

/** One panel: the message of an arrow, or all that a collapsed one stands for. */
export function messagePanel(
  id: string,
  name: string,
  messages: readonly LadderMessage[],
  { arrow, before, after }: Neighbours,
  /** In words, each with its severity. */
  findings: readonly PanelFinding[] = [],
): string {
  const shown = messages.slice(0, MOST_MESSAGES).map(messagePart);
  const more = messages.length - MOST_MESSAGES;
  if (more > 0) shown.push(`<p class="quiet">and ${more} more</p>\n`);
  if (messages.length === 0) shown.push('<p class="quiet">The message was not kept.</p>\n');
  return `<article id="${id}" data-arrow="${arrow}" tabindex="-1" aria-label="${e(name)}">
<nav>${step(before, '↑ before')}${step(after, '↓ after')}<a class="close" href="#${arrow}">close</a></nav>
${findingsPart(findings)}${shown.join('')}</article>
`;
}

export interface PanelFinding {
  readonly severity: 'error' | 'warning' | 'info';
  readonly text: string;
}

function findingsPart(findings: readonly PanelFinding[]): string {
  if (findings.length === 0) return '';
  const items = findings.map(({ severity, text }) => `<li class="${severity}">${e(text)}</li>`);
  return `<ul class="findings">${items.join('')}</ul>\n`;
}

function step(target: string, words: string): string {
  return target === '' ? `<span>${words}</span>` : `<a href="#${target}">${words}</a>`;
}

function messagePart({ head, lines }: LadderMessage): string {
  const shown = lines.slice(0, MOST_LINES).map(({ kind, text }) => {
    const whole = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
    const colon = kind === 'header' ? whole.indexOf(':') : -1;
    if (colon > 0) return `<b>${e(whole.slice(0, colon))}</b>${e(whole.slice(colon))}`;
    return kind === 'body' || kind === 'header' ? e(whole) : `<span class="${kind}">${e(whole)}</span>`;
  });
  if (lines.length > MOST_LINES)
    shown.push(`<span class="note">… ${lines.length - MOST_LINES} more lines</span>`);
  const facts = head.map((fact) => `<span>${e(fact)}</span>`).join(' ');
  return `<p class="facts">${facts}</p>\n<pre>${shown.join('\n')}</pre>\n`;
}

const MOST_MESSAGES = 20;
const MOST_LINES = 500;
const MOST_CHARACTERS = 4000;
