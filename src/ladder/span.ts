// Milliseconds → how people say them: `0.35 ms`, `180 ms`, `1.20 s`, `12.4 s`, `2 min 03 s`, `1 h 02 min`.

export function formatSpan(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatSpan(-milliseconds)}`;
  // Rounded before the unit is chosen, so that 59.96 s is never shown as 60.0 s.
  if (milliseconds < 9.995) return `${milliseconds.toFixed(2)} ms`;
  if (milliseconds < 999.5) return `${milliseconds.toFixed(0)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 9.995) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} min`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
