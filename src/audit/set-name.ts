// What people call a set of captures.
import { isSecrets } from '../capture/reader.ts';
import type { AuditedSet } from './report.ts';

/** `trace.pcap`, `inside.pcap and 2 more`; files of secrets are none of them. */
export function setName({ captures }: AuditedSet): string {
  const named = captures.filter(({ format }) => !isSecrets(format));
  const [first] = named;
  const more = named.length - 1;
  return `${first?.path ?? ''}${more > 0 ? ` and ${more} more` : ''}`;
}
