// A time in a filter → nanoseconds since 1970. UTC unless a zone is said; a capture does not know where it was made.

/** ISO 8601 (`2026-11-21T03:40:00.5Z`, a space for the T), Wireshark's `Nov 21, 2026 03:40:00`, or seconds since 1970. */
export function parseTimeText(text: string): bigint | undefined {
  const iso = ISO.exec(text.trim());
  if (iso !== null) return assemble(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[7], iso[8]);
  const words = WORDS.exec(text.trim());
  if (words !== null) {
    const month = MONTHS.indexOf(words[1].toLowerCase()) + 1;
    if (month === 0) return undefined;
    return assemble(words[3], String(month), words[2], words[4], words[5], words[6], words[7], words[8]);
  }
  const epoch = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(text.trim());
  return epoch === null ? undefined : BigInt(epoch[1]) * BILLION + fraction(epoch[2]);
}

function assemble(
  year: string,
  month: string,
  day: string,
  hour = '0',
  minute = '0',
  second = '0',
  decimals = '',
  zone = 'Z',
): bigint | undefined {
  const milliseconds = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const date = new Date(milliseconds);
  // 30 February and 25 o'clock are no times.
  if (date.getUTCDate() !== Number(day) || date.getUTCMonth() + 1 !== Number(month)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return BigInt(milliseconds - offset(zone)) * 1_000_000n + fraction(decimals);
}

// `+01:00` → milliseconds ahead of UTC.
function offset(zone: string): number {
  const match = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (match === null) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function fraction(decimals = ''): bigint {
  return BigInt(decimals.padEnd(9, '0').slice(0, 9));
}

const BILLION = 1_000_000_000n;
const ZONE = '\\s*(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?';
const CLOCK = `(\\d{1,2}):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?${ZONE}`;
const ISO = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ]${CLOCK})?$`, 'i');
const WORDS = new RegExp(`^([a-z]{3})[a-z]*\\.? +(\\d{1,2}),? +(\\d{4})(?:,? +${CLOCK})?$`, 'i');
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
