// Severities in their order, the worst first.
import type { Severity } from './diagnostic.ts';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info'];

/** 0 for an error, then up. */
export function rankOf(severity: Severity): number {
  return SEVERITIES.indexOf(severity);
}

/** Whether it is as bad as `least`, or worse. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return rankOf(severity) <= rankOf(least);
}
