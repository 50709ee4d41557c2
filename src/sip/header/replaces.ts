// A dialog named in a header: Replaces (RFC 3891 §6.1), Join (RFC 3911 §7.1), Target-Dialog (RFC 4538 §7).
import type { Parameters } from '../uri/parameters.ts';
import { decodePercent } from '../uri/percent-escape.ts';
import { parseTokenValue } from './token-value.ts';

export interface DialogReference {
  readonly callId: string;
  /** Tags as the receiver of the request sees them: its own is `toTag`. Target-Dialog calls that one `local-tag`. */
  readonly toTag: string;
  readonly fromTag: string;
  readonly earlyOnly: boolean;
  readonly params: Parameters;
}

export function parseDialogReference(value: string): DialogReference {
  const { value: callId, params } = parseTokenValue(value);
  return {
    callId,
    toTag: params.get('to-tag') ?? params.get('local-tag') ?? '',
    fromTag: params.get('from-tag') ?? params.get('remote-tag') ?? '',
    earlyOnly: params.has('early-only'),
    params,
  };
}

/** The same as it stands, escaped, in the headers of a URI: `?Replaces=…` of a Refer-To (RFC 3891 §4). */
export function parseEscapedDialogReference(header: string): DialogReference {
  return parseDialogReference(decodePercent(header));
}
