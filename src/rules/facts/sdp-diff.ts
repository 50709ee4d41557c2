// Two session descriptions → the lines that differ, by the longest run of lines they share.
import type { SdpLine } from '../../sdp/line.ts';
import type { SdpFacts } from './sdp-facts.ts';

export interface SdpDiff {
  /** Lines of the first that the second has not, and the reverse, in order. */
  readonly gone: readonly SdpLine[];
  readonly come: readonly SdpLine[];
  /** The lines are the same but for line ends and blanks at their end. */
  readonly onlyBlanks: boolean;
}

/** Null when they are the same octets. */
export function diffSdp(before: SdpFacts, after: SdpFacts): SdpDiff | null {
  if (before.octets.equals(after.octets)) return null;
  const [one, other] = [linesOf(before), linesOf(after)];
  const kept = commonLines(
    one.map(({ text }) => text),
    other.map(({ text }) => text),
  );
  const gone = one.filter((_, index) => !kept.one.has(index)).map(({ line }) => line);
  const come = other.filter((_, index) => !kept.other.has(index)).map(({ line }) => line);
  return { gone, come, onlyBlanks: gone.length === 0 && come.length === 0 };
}

export function lineText({ message }: SdpFacts, line: SdpLine): string {
  return message.sip.data.toString('utf8', line.start, line.valueEnd).trimEnd();
}

function linesOf(sdp: SdpFacts): { line: SdpLine; text: string }[] {
  return sdp.description.allLines
    .slice(0, MAX_LINES)
    .map((line) => ({ line, text: lineText(sdp, line) }))
    .filter(({ text }) => text !== '');
}

function commonLines(
  one: readonly string[],
  other: readonly string[],
): { one: Set<number>; other: Set<number> } {
  const width = other.length + 1;
  const lengths = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--) {
    for (let j = other.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        one[i] === other[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const kept = { one: new Set<number>(), other: new Set<number>() };
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i] === other[j]) {
      kept.one.add(i++);
      kept.other.add(j++);
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return kept;
}

/** Of either description; IM has a dozen. */
const MAX_LINES = 256;
