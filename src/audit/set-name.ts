// What people call a set of captures.
import type { AuditedSet } from './report.ts';

/** `trace.pcap`, `inside.pcap and 2 more`; key logs are none of them. */
export function setName({ captures }: AuditedSet): string {
  const named = captures.filter(({ format }) => format !== 'key-log');
  const [first] = named;
  const more = named.length - 1;
  return `${first?.path ?? ''}${more > 0 ? ` and ${more} more` : ''}`;
}
