// pcapng options: code, length, value, padded to 32 bits. draft-ietf-opsawg-pcapng §3.5.

export interface PcapngOption {
  readonly code: number;
  /** The value is `data[start, end)`, without padding. */
  readonly start: number;
  readonly end: number;
}

/** The options in `view[start, end)`, up to the end marker or the first that does not fit. */
export function readOptions(
  view: DataView,
  start: number,
  end: number,
  littleEndian: boolean,
): PcapngOption[] {
  const options: PcapngOption[] = [];
  for (let at = start; at + 4 <= end && options.length < MOST_OPTIONS; ) {
    const code = view.getUint16(at, littleEndian);
    const length = view.getUint16(at + 2, littleEndian);
    if (code === OPT_END || at + 4 + length > end) break;
    options.push({ code, start: at + 4, end: at + 4 + length });
    at += 4 + padded(length);
  }
  return options;
}

/** UTF-8 text, without the zero octet that some writers put behind it. */
export function optionText(data: Buffer, option: PcapngOption): string {
  const zero = data.indexOf(0, option.start);
  return data.toString('utf8', option.start, zero >= 0 && zero < option.end ? zero : option.end);
}

/** `length` with its padding to 32 bits. */
export function padded(length: number): number {
  return length + (-length & 3);
}

export const OPT_END = 0;
export const OPT_COMMENT = 1;
export const OPT_EPB_FLAGS = 2;

const MOST_OPTIONS = 10_000;
