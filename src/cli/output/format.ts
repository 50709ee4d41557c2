// Times and numbers as tables and lists show them.
import { formatTimestamp, type Timestamp } from '../../capture/timestamp.ts';

/** `03:40:00.123` in UTC. */
export function formatClock(time: Timestamp): string {
  return formatTimestamp(time).slice(11, 23);
}

/** `2026-11-21 03:40:00.123456` in UTC. */
export function formatDateAndClock(time: Timestamp): string {
  return formatTimestamp(time).slice(0, 26).replace('T', ' ');
}

/** `12 ms`, `3.250 s`, `2:05.3`, `1:02:05`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 0) return `-${formatDuration(-milliseconds)}`;
  if (milliseconds < 1000) return `${trim(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${(seconds % 60).toFixed(1).padStart(4, '0')}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(Math.floor(seconds % 60))}`;
}

function trim(milliseconds: number): string {
  if (milliseconds >= 10 || Number.isInteger(milliseconds)) return milliseconds.toFixed(0);
  return milliseconds.toFixed(milliseconds < 1 ? 3 : 1);
}

function two(number: number): string {
  return String(number).padStart(2, '0');
}
