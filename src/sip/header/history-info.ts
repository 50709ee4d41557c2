// Where a request has been: one value of History-Info (RFC 7044 §5) and of Diversion (RFC 5806 §4).

import { type NameAddr, parseNameAddr } from '../uri/name-addr.ts';
import { decodePercent } from '../uri/percent-escape.ts';
import { parseWholeNumber } from './delta-seconds.ts';
import { parseReason, type Reason } from './reason.ts';

export interface HistoryEntry {
  readonly target: NameAddr;
  /** `1.1.2`; '' when missing. */
  readonly index: string;
  /** How the target came about, with the index it came from: `rc`, `mp` or `np` (RFC 7044 §5); undefined if not said. */
  readonly mapping: { readonly kind: 'rc' | 'mp' | 'np'; readonly from: string } | undefined;
  /** Why the request went on, from the Reason escaped into the URI (RFC 7044 §5). */
  readonly reason: Reason | undefined;
  /** Whether the entry asks for privacy in its URI (`?Privacy=…`). */
  readonly privacy: string;
}

export function parseHistoryInfo(value: string): HistoryEntry {
  const target = parseNameAddr(value);
  const reason = target.uri.headers.get('Reason');
  const kind = (['rc', 'mp', 'np'] as const).find((name) => target.params.has(name));
  return {
    target,
    index: target.params.get('index') ?? '',
    mapping: kind === undefined ? undefined : { kind, from: target.params.get(kind) ?? '' },
    reason: reason === undefined ? undefined : parseReason(decodePercent(reason)),
    privacy: decodePercent(target.uri.headers.get('Privacy') ?? ''),
  };
}

export interface Diversion {
  readonly target: NameAddr;
  /** As spelled: `unconditional`, `user-busy`, `no-answer` …; '' when not said. */
  readonly reason: string;
  readonly counter: number | undefined;
}

export function parseDiversion(value: string): Diversion {
  const target = parseNameAddr(value);
  return {
    target,
    reason: target.params.get('reason') ?? '',
    counter: parseWholeNumber(target.params.get('counter') ?? ''),
  };
}
