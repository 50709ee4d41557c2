// What the pane beside the ladder says of an RTP stream.
import { formatTimestamp } from '../../capture/timestamp.ts';
import type { Stream } from '../../ladder/drawing.ts';
import { printable } from '../../ladder/printable.ts';
import { formatSpan } from '../../ladder/span.ts';
import { cell, line, type StyledLine, span, wrap } from '../model/styled.ts';

export function streamLines(stream: Stream, width: number, ascii: boolean): StyledLine[] {
  const { protocol, media, codecs, source, destination, ssrc, packets, lost, jitter } = stream;
  const [first, last] = stream.frames;
  const share = ((100 * lost) / (packets + lost)).toFixed(2);
  const facts: [string, string][] = [
    ['Media', media],
    ['Codec', codecs.join(', ')],
    ['From', source],
    ['To', destination],
    ['SSRC', `0x${ssrc.toString(16).padStart(8, '0')}`],
    ['First', `${formatTimestamp(stream.time).slice(11, 26)}  packet ${first}`],
    ['Last', `${formatSpan(stream.milliseconds)} later  packet ${last}`],
    ['Packets', String(packets)],
    ['Lost', lost === 0 ? 'none' : `${lost} (${share} %)`],
    ['Jitter', jitter === null ? 'not known: no clock rate' : `${formatSpan(jitter)} (mean)`],
  ];
  return [
    line(span(`${protocol} stream`, 'stream')),
    line(),
    ...facts.flatMap(([name, value]) =>
      wrap(line(span(cell(name, 9), 'header'), span(printable(value, ascii))), width),
    ),
  ];
}
