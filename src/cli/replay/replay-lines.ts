// A replay as people read it: what is as predicted, what is not and which rule that breaks; then call by call.
import { grouped, plural } from '../../audit/words.ts';
import { printable } from '../../ladder/printable.ts';
import type { Sent } from '../../replay/matching.ts';
import { type MessageOutcome, matters } from '../../replay/message-outcome.ts';
import type { ScenarioOutcome } from '../../replay/outcome.ts';
import { severityOf } from '../../replay/severity.ts';
import { messageName, placeName, type ReplaySummary } from '../../replay/summary.ts';
import { CATALOGUE } from '../../rules/catalogue.ts';
import type { Paint } from '../output/paint.ts';

/** What both sides are called. */
export interface Sides {
  readonly predicted: string;
  readonly recorded: string;
  /** `as predicted`, `the same`. */
  readonly same: string;
  /** One of both is what a box did, which may be wrong. */
  readonly judged: boolean;
}

export const RECORDING: Sides = {
  predicted: 'predicted',
  recorded: 'recorded',
  same: 'as predicted',
  judged: true,
};
export const WHAT_IF: Sides = { predicted: 'then', recorded: 'now', same: 'the same', judged: false };

/** `118 calls as predicted, 2 with differences, 1 not judged; 2 messages missing, 1 extra of 886`. */
export function headline(summary: ReplaySummary, sides: Sides): string {
  const { asPredicted, differs, notJudged, missing, extra, recorded, predicted } = summary;
  const judged = [
    `${plural(asPredicted, 'call')} ${sides.same}`,
    `${grouped(differs)} with differences`,
    ...(notJudged > 0 ? [`${grouped(notJudged)} not judged`] : []),
  ];
  const messages = `${plural(predicted, 'message')} ${sides.predicted}, ${grouped(recorded)} ${sides.recorded}`;
  const odd =
    missing + extra === 0 ? '' : `; ${missing} only ${sides.predicted}, ${extra} only ${sides.recorded}`;
  return `${judged.join(', ')}  (${messages}${odd})`;
}

/** Lines with their ends; empty when nothing differs. */
export function kindLines({ kinds }: ReplaySummary, sides: Sides, paint: Paint): string {
  if (kinds.length === 0) return '';
  const lines = kinds.map(({ severity, what, rule, count, call }) => {
    const shown = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.dim;
    const summary = CATALOGUE.find(({ meta }) => meta.id === rule)?.meta.summary;
    const why = rule === null ? '' : `  ${rule}${summary === undefined ? '' : `: ${summary}`}`;
    const grade = sides.judged ? `${shown(severity.padEnd(7))}  ` : '';
    return `  ${String(count).padStart(5)}  ${grade}${printable(what)}, first in call ${call}${why}`;
  });
  return `${paint.bold('What differs')}\n${lines.join('\n')}\n`;
}

export function cosmeticLines({ cosmetic }: ReplaySummary, paint: Paint): string {
  if (cosmetic.length === 0) return '';
  const lines = cosmetic.map(({ what, reason, count }) => {
    return paint.dim(`  ${String(count).padStart(5)}  ${printable(what)}: ${reason}`);
  });
  return `${paint.bold('Differences that do not matter')}\n${lines.join('\n')}\n`;
}

export function callLines(outcome: ScenarioOutcome<Sent>, sides: Sides, paint: Paint, all: boolean): string {
  const { scenario, verdict, why, messages, remarks } = outcome;
  const [first] = scenario.calls;
  const said =
    verdict === 'as-predicted' ? sides.same : verdict === 'differs' ? 'differs' : `not judged: ${why}`;
  const shade = verdict === 'as-predicted' ? paint.green : verdict === 'differs' ? paint.red : paint.dim;
  const head = `call ${scenario.id}  ${first!.kind}  ${first!.from} → ${first!.to}`;
  const ids = `  Call-ID ${scenario.calls.map(({ callId }) => callId).join(' and ')}`;
  const lines = [`${paint.bold(printable(head))}  ${shade(said)}`, paint.dim(printable(ids))];
  if (verdict === 'not-judged') return `${lines.join('\n')}\n`;
  for (const one of messages) if (all || matters(one)) lines.push(...messageLines(one, sides, paint, all));
  const unseen = messages.filter(({ kind }) => kind === 'unseen');
  if (unseen.length > 0 && !all) {
    const reasons = [...new Set(unseen.map(({ cosmetic }) => cosmetic))].join('; ');
    lines.push(paint.dim(`  ${plural(unseen.length, 'message')} not compared: ${reasons}`));
  }
  for (const { kind, code, text, cause } of remarks) {
    const of = cause === null ? '' : `, packet ${cause.message.frame}`;
    if (kind === 'finding') lines.push(printable(`  the core says${of}: ${text} [${code}]`));
  }
  return `${lines.join('\n')}\n`;
}

function messageLines(one: MessageOutcome<Sent>, sides: Sides, paint: Paint, all: boolean): string[] {
  const { kind, predicted, recorded, differences, cosmetic, rule } = one;
  const { cause, flow } = (predicted ?? recorded)!;
  const name = messageName((recorded ?? predicted)!);
  const frame = recorded === null || recorded.message.frame === 0 ? '' : `  packet ${recorded.message.frame}`;
  const of = cause === null ? '' : `, because of packet ${cause.message.frame}`;
  const where = `  to ${flow.remote.text}`;
  const answersAlike = predicted?.message.status === recorded?.message.status;
  const again = answersAlike ? againText(predicted, recorded, sides) : '';
  if (kind !== 'pair') {
    const side = predicted === null ? sides.recorded : sides.predicted;
    const note = cosmetic ?? (rule === null ? '' : `breaks ${rule}`);
    const text = printable(`  ${name}${frame}${where}${of}  only ${side}${note === '' ? '' : `: ${note}`}`);
    return [cosmetic !== null ? paint.dim(text) : paint.red(text)];
  }
  const shown = differences.filter((difference) => all || difference.cosmetic === null);
  if (shown.length === 0 && again === '') return [printable(`  ${name}${frame}${where}${of}  ${sides.same}`)];
  const lines = [paint.cyan(printable(`  ${name}${frame}${where}${of}${again}`))];
  const width = Math.max(sides.predicted.length, sides.recorded.length);
  for (const difference of shown) {
    const severity = difference.cosmetic === null ? severityOf(difference.rule, 'warning') : 'info';
    const shade = severity === 'error' ? paint.red : severity === 'warning' ? paint.yellow : paint.dim;
    const note = difference.cosmetic ?? (difference.rule === null ? '' : `breaks ${difference.rule}`);
    const place = placeName(difference.part, difference.name);
    lines.push(
      shade(
        printable(
          `    ${place}${difference.reordered ? ', in another order' : ''}${note === '' ? '' : `  ${note}`}`,
        ),
      ),
    );
    for (const [side, values] of [
      [sides.predicted, difference.predicted],
      [sides.recorded, difference.recorded],
    ] as const) {
      const texts = values.length === 0 ? ['–'] : values;
      for (const [index, text] of texts.entries())
        lines.push(printable(`      ${(index === 0 ? side : '').padEnd(width)}  ${text}`));
    }
  }
  return lines;
}

/** Retransmissions are counted, not compared. */
function againText(predicted: Sent | null, recorded: Sent | null, sides: Sides): string {
  const count = (one: Sent | null): number => (one as { readonly again?: number } | null)?.again ?? 0;
  const [then, now] = [count(predicted), count(recorded)];
  return then === now ? '' : `  (sent again: ${sides.predicted} ${then}, ${sides.recorded} ${now})`;
}
