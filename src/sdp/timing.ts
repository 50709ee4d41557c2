// t=, r= and z= (RFC 8866 §5.9–§5.11): when the session is active. Times are seconds since 1900, intervals are seconds.

export interface Timing {
  /** 0 means "not bounded". NaN when it is no number. */
  readonly start: number;
  readonly stop: number;
  readonly repeats: readonly Repeat[];
  readonly zones: readonly ZoneAdjustment[];
}

export interface Repeat {
  readonly interval: number;
  readonly duration: number;
  readonly offsets: readonly number[];
}

export interface ZoneAdjustment {
  readonly time: number;
  readonly offset: number;
}

/** `3724394400 3724398000` → start and stop. */
export function parseTime(value: string): { start: number; stop: number } {
  const fields = value.trim().split(/ +/);
  return { start: seconds(fields[0]), stop: fields.length === 2 ? seconds(fields[1]) : Number.NaN };
}

/** `7d 1h 0 25h` → interval, duration, offsets. */
export function parseRepeat(value: string): Repeat {
  const [interval, duration, ...offsets] = value.trim().split(/ +/).map(typedSeconds);
  return { interval: interval ?? Number.NaN, duration: duration ?? Number.NaN, offsets };
}

/** `3730928400 -1h 3749680800 0` → pairs of a time and an offset. */
export function parseZones(value: string): ZoneAdjustment[] {
  const fields = value.trim().split(/ +/);
  const zones: ZoneAdjustment[] = [];
  for (let i = 0; i < fields.length; i += 2) {
    zones.push({ time: seconds(fields[i]), offset: typedSeconds(fields[i + 1] ?? '') });
  }
  return zones;
}

/** The Unix time of an SDP time (RFC 8866 §5.9: subtract 2208988800). */
export function unixSeconds(sdpTime: number): number {
  return sdpTime - 2_208_988_800;
}

function seconds(digits: string): number {
  return /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
}

// §5.10: d, h, m and s, case-sensitive; no unit is seconds.
function typedSeconds(text: string): number {
  const match = /^(-?\d{1,12})([dhms]?)$/.exec(text);
  return match === null ? Number.NaN : Number(match[1]) * UNIT[match[2] as keyof typeof UNIT];
}

const UNIT = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 } as const;
