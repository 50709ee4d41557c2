// Pairs of legs as people read them: where the call went, both Call-IDs, and what speaks for and against it.
import { printable } from '../../ladder/printable.ts';
import { BUCKETS, type Bucket, type LegPair, type Signal, type UnpairedLeg } from '../../legs/pair.ts';
import type { Paint } from '../output/paint.ts';

/** Lines with their ends. */
export function pairLines(pair: LegPair, paint: Paint): string {
  const { id, a, b, kind, group, bucket, confidence } = pair;
  const more = [
    group === 'single' ? '' : group,
    pair.joined ? 'under way when the capture began' : '',
    pair.hop > 1 ? `hop ${pair.hop} of chain ${pair.chain}` : '',
  ];
  const head = [
    paint.bold(`#${id}`),
    shade(bucket, paint)(`${bucket} ${confidence.toFixed(3)}`),
    kind,
    `${a.from.text} → ${a.to.text} ┃ ${b.from.text} → ${b.to.text}`,
    ...more.filter((text) => text !== ''),
  ];
  return [
    head.join('  '),
    `    A  ${printable(a.call.callId)}`,
    `    B  ${printable(b.call.callId)}`,
    `    ${paint.dim(printable(reasonLine(pair)))}`,
    '',
  ].join('\n');
}

/** `because: session-id (+60), time 14 ms (+12); against: nothing; margin 41`. */
function reasonLine({ signals, contradictions, margin, alternatives }: LegPair): string {
  const because = signals.map(reason).join(', ') || 'nothing';
  const against = contradictions.map(reason).join(', ') || 'nothing';
  const [second] = alternatives;
  const ahead =
    second === undefined
      ? margin === null
        ? 'no other candidate'
        : `margin ${margin}`
      : `second best ${second.score} (${second.callId}), margin ${margin}`;
  return `because: ${because}; against: ${against}; ${ahead}`;
}

function reason({ name, weight, a, b }: Signal): string {
  const shown = !SHOWN.has(name)
    ? ''
    : a === b || name === 'time' || name === 'in-step'
      ? ` ${b}`
      : ` ${a} / ${b}`;
  return `${name}${shown} (${weight > 0 ? '+' : ''}${weight})`;
}

export function unpairedLines(unpaired: readonly UnpairedLeg[], more: number, paint: Paint): string {
  const lines = unpaired.map(({ leg, side, nearest, why }) => {
    const where = side === 'near' ? 'came to a box' : 'left a box';
    const who = nearest === null ? '' : `; nearest ${nearest.callId} with ${nearest.score}`;
    const what = leg.initial?.message.method ?? leg.call.kind;
    return `    ${leg.from.text} → ${leg.to.text}  ${printable(`${leg.call.callId}  ${what} ${where}: ${why}${who}`)}`;
  });
  if (more > 0) lines.push(`    … and ${more} more`);
  return `${paint.bold('Without a partner')}\n${lines.join('\n')}\n`;
}

/** `120 pairs: 112 certain, 8 high; 3 legs without a partner`. */
export function summaryLine(
  counts: Readonly<Record<Bucket, number>>,
  unpaired: number,
  least: number,
): string {
  const total = BUCKETS.reduce((sum, bucket) => sum + counts[bucket], 0);
  const each = BUCKETS.filter((bucket) => counts[bucket] > 0).map((bucket) => `${counts[bucket]} ${bucket}`);
  const all = total === 0 ? 'No pairs' : `${total} ${total === 1 ? 'pair' : 'pairs'}: ${each.join(', ')}`;
  const hidden = least > 0 && counts.none > 0 ? ` (--min-confidence 0 shows those below ${least} too)` : '';
  const alone = unpaired === 0 ? '' : `; ${unpaired} ${unpaired === 1 ? 'leg' : 'legs'} without a partner`;
  return `${all}${hidden}${alone}`;
}

function shade(bucket: Bucket, paint: Paint): (text: string) => string {
  if (bucket === 'certain' || bucket === 'high') return paint.green;
  return bucket === 'none' ? paint.red : paint.yellow;
}

/** Signals whose values are short and tell something. */
const SHOWN: ReadonlySet<string> = new Set([
  ...['time', 'in-step', 'from-user', 'to-user', 'final', 'out-of-step', 'final-differs', 'parties-differ'],
  ...['media-differ', 'body-differs', 'session-id', 'leg-header'],
]);
