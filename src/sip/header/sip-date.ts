// SIP-date (RFC 3261 §20.17, §25.1): `Sat, 13 Nov 2010 23:29:00 GMT`; no other zone, no other form.

/** Seconds since the Unix epoch; undefined when the text is no SIP-date, or its day of the week is another. */
export function parseSipDate(text: string): number | undefined {
  const match = FORM.exec(text.trim());
  if (match === null) return undefined;
  const [, weekday, day, monthName, year, hour, minute, second] = match;
  const month = MONTHS.indexOf(monthName.toLowerCase());
  const date = new Date(
    Date.UTC(Number(year), month, Number(day), Number(hour), Number(minute), Number(second)),
  );
  if (date.getUTCMonth() !== month || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60)
    return undefined;
  const named = new Date(Date.UTC(Number(year), month, Number(day))).getUTCDay();
  return named === WEEKDAYS.indexOf(weekday.toLowerCase()) ? date.getTime() / 1000 : undefined;
}

const FORM = /^([A-Za-z]{3}), ([0-9]{2}) ([A-Za-z]{3}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT$/;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
