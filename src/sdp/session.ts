// Octets of an application/sdp body → the session description (RFC 8866). Nothing is lost, nothing throws; what is wrong
// with it is worked out when `diagnostics` is asked for.
import type { Diagnostic } from '../capture/diagnostic.ts';
import { diagnoseSdp } from './diagnose.ts';
import { cutLines, type SdpLine } from './line.ts';
import { MediaDescription } from './media.ts';
import { type Origin, parseOrigin } from './origin.ts';
import { Section } from './section.ts';
import {
  parseRepeat,
  parseTime,
  parseZones,
  type Repeat,
  type Timing,
  type ZoneAdjustment,
} from './timing.ts';

/** Views `data[start, end)`: whoever keeps it keeps the octets too. */
export function parseSdp(data: Buffer, start = 0, end = data.length): SessionDescription {
  return new SessionDescription(data, cutLines(data, start, end));
}

/** The session level itself, and its media. `lines` of it are those before the first m=. */
export class SessionDescription extends Section {
  /** Every line, in order. */
  readonly allLines: readonly SdpLine[];
  readonly media: readonly MediaDescription[];

  private found: readonly Diagnostic[] | undefined;

  constructor(data: Buffer, allLines: readonly SdpLine[]) {
    const first = indexOfMedia(allLines, 0);
    super(data, allLines.slice(0, first));
    this.allLines = allLines;
    const media: MediaDescription[] = [];
    for (let from = first; from < allLines.length; ) {
      const to = indexOfMedia(allLines, from + 1);
      media.push(new MediaDescription(data, allLines.slice(from, to), this));
      from = to;
    }
    this.media = media;
  }

  /** v=; NaN when missing or no number. The only version is 0 (§5.1). */
  get version(): number {
    const value = this.first('v')?.trim();
    return value !== undefined && /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
  }

  get origin(): Origin | undefined {
    const value = this.first('o');
    return value === undefined ? undefined : parseOrigin(value);
  }

  /** s= */
  get name(): string | undefined {
    return this.first('s');
  }

  /** u= */
  get uri(): string | undefined {
    return this.first('u');
  }

  /** e= */
  get emails(): string[] {
    return this.all('e');
  }

  /** p= */
  get phones(): string[] {
    return this.all('p');
  }

  /** Each t= with the r= and z= that follow it (§5.9). */
  get timings(): Timing[] {
    const timings: (Timing & { repeats: Repeat[]; zones: ZoneAdjustment[] })[] = [];
    for (const line of this.lines) {
      if (line.type === 't') timings.push({ ...parseTime(this.text(line)), repeats: [], zones: [] });
      const current = timings.at(-1);
      if (line.type === 'r') current?.repeats.push(parseRepeat(this.text(line)));
      if (line.type === 'z') current?.zones.push(...parseZones(this.text(line)));
    }
    return timings;
  }

  get diagnostics(): readonly Diagnostic[] {
    this.found ??= diagnoseSdp(this);
    return this.found;
  }
}

function indexOfMedia(lines: readonly SdpLine[], from: number): number {
  let index = from;
  while (index < lines.length && lines[index].type !== 'm') index++;
  return index;
}
