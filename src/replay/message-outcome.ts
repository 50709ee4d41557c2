// One message that was predicted, recorded, or both → what is to be said of it.
import { brokenRule, type Context } from './broken-rule.ts';
import { cosmeticReason, type Setting } from './cosmetic.ts';
import { type Difference, differencesOf } from './difference.ts';
import type { Sent } from './matching.ts';
import type { PredictedMessage } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';

export interface JudgedDifference extends Difference {
  /** Why it does not matter; null where it does. */
  readonly cosmetic: string | null;
  /** The rule of the catalogue that the box breaks by it; null where none fits. */
  readonly rule: string | null;
}

export interface MessageOutcome<Other extends Sent = RecordedMessage> {
  /**
   * `pair`: predicted and recorded; `missing`: only predicted; `extra`: only recorded; `unseen`: on one side only, since the
   * other could not show it.
   */
  readonly kind: 'pair' | 'missing' | 'extra' | 'unseen';
  readonly predicted: PredictedMessage | null;
  readonly recorded: Other | null;
  /** Of a pair. */
  readonly differences: readonly JudgedDifference[];
  /** Why it does not matter that it is missing or extra, or why it is unseen; null where it matters, and of a pair. */
  readonly cosmetic: string | null;
  /** Of one that is missing or extra: the rule that is broken by it, where the core named one. */
  readonly rule: string | null;
}

export function pairOutcome<Other extends Sent>(
  predicted: PredictedMessage,
  recorded: Other,
  context: Context,
  setting: Setting,
  /** The rule that the core named for what came in; null where it named none. */
  named: string | null,
): MessageOutcome<Other> {
  const found = differencesOf(predicted.message, recorded.message);
  // Another answer altogether: that all else in it differs follows.
  const told = predicted.message.status === recorded.message.status ? found : found.slice(0, 1);
  const differences = told.map((difference) => {
    const cosmetic = cosmeticReason(difference, setting);
    if (cosmetic !== null) return { ...difference, cosmetic, rule: null };
    const rule = brokenRule(difference, context) ?? (difference.part === 'start line' ? named : null);
    return { ...difference, cosmetic, rule };
  });
  return { kind: 'pair', predicted, recorded, differences, cosmetic: null, rule: null };
}

/** Whether it says that the box did otherwise than predicted. */
export function matters({ kind, differences, cosmetic }: MessageOutcome<Sent>): boolean {
  if (kind === 'pair') return differences.some((one) => one.cosmetic === null);
  return kind !== 'unseen' && cosmetic === null;
}
