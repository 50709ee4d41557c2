// What people call a set of captures.
import type { AuditedSet } from './report.ts';

/** `trace.pcap`, `inside.pcap and 2 more`. */
export function setName({ captures }: AuditedSet): string {
  const [first] = captures;
  const more = captures.length - 1;
  return `${first?.path ?? ''}${more > 0 ? ` and ${more} more` : ''}`;
}
