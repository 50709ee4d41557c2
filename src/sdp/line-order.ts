// The fixed order of lines (RFC 8866 §5, §9): v o s i u e p c b (t r z)+ k a, then for each media m i c b k a.
import type { DiagnosticSink } from '../capture/diagnostic.ts';
import type { SdpLine } from './line.ts';
import type { SessionDescription } from './session.ts';

/** Reports each line that comes later than it may, or comes twice where one is allowed. */
export function checkOrder(sd: SessionDescription, report: DiagnosticSink): void {
  checkSection(sd.lines, SESSION, report);
  for (const media of sd.media) checkSection(media.lines, MEDIA, report);
}

function checkSection(lines: readonly SdpLine[], order: LineOrder, report: DiagnosticSink): void {
  let reached = -1;
  let previous = '';
  for (const line of lines) {
    const rank = line.type === '' ? -1 : order.types.indexOf(line.type);
    if (rank < 0) continue;
    const fits =
      rank > reached ||
      (rank === reached && order.repeatable.includes(line.type)) ||
      // §5.9–§5.11: a time description is a t=, then its r=, then a z=; the next t= starts another one.
      (line.type === 't' && (previous === 'r' || previous === 'z'));
    if (fits) {
      reached = rank;
      previous = line.type;
    } else {
      const message = line.type === previous ? `a second ${line.type}=` : `${line.type}= after ${previous}=`;
      report({ code: 'sdp/line-order', severity: 'error', message, at: line.start });
    }
  }
}

interface LineOrder {
  readonly types: string;
  readonly repeatable: string;
}

const SESSION: LineOrder = { types: 'vosiuepcbtrzka', repeatable: 'epbtra' };
// Several c= only where addresses are a hierarchy of multicast groups (§5.7).
const MEDIA: LineOrder = { types: 'micbka', repeatable: 'cba' };
