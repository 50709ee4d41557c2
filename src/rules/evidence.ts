// A line of a message as proof: where it stands and what it says, secrets masked (guard: credentials and keys never leave).
import type { SdpLine } from '../sdp/line.ts';
import { lineSecrets } from '../sdp/secret.ts';
import type { HeaderId } from '../sip/header/header-names.ts';
import { type OctetRange, rowSecrets, startLineSecrets } from '../sip/redact.ts';
import { COLUMN, COLUMNS } from '../sip/scan.ts';
import { unfold } from '../sip/text/folding.ts';
import type { MessageFacts } from './facts/message-facts.ts';
import type { SdpFacts } from './facts/sdp-facts.ts';

export interface Evidence {
  readonly frame: number;
  readonly kind: 'start-line' | 'header' | 'sdp' | 'body' | 'packet' | 'time';
  /** Header name as spelled, SDP line type (`c=`), or what else it is. */
  readonly name: string;
  /** As received, folding undone, secrets overwritten with `*`; what is longer than any header should be is cut and ends in `…`. */
  readonly value: string;
  /** Octets from the start of the message; -1 where it has no place in it. */
  readonly offset: number;
}

export function startLineEvidence({ sip }: MessageFacts): Evidence {
  const value = shortened(maskedText(sip.data, sip.start, sip.startLineEnd, startLineSecrets(sip)));
  return { frame: sip.frame, kind: 'start-line', name: '', value, offset: 0 };
}

/** The header line in a row of the table. */
export function rowEvidence({ sip }: MessageFacts, row: number): Evidence {
  const at = row * COLUMNS;
  const start = sip.table[at + COLUMN.valueStart]!;
  const end = sip.table[at + COLUMN.valueEnd]!;
  const value = shortened(unfold(maskedText(sip.data, start, end, rowSecrets(sip, row))));
  return {
    frame: sip.frame,
    kind: 'header',
    name: sip.headerName(row),
    value,
    offset: sip.headerStart(row) - sip.start,
  };
}

/** The lines of a header, as many as a finding shows; where there is none, one that says so. */
export function headerEvidence(message: MessageFacts, id: HeaderId, name: string): Evidence[] {
  const rows: Evidence[] = [];
  const { sip } = message;
  for (let row = sip.find(id); row >= 0 && rows.length < MAX_EVIDENCE; row = sip.find(id, row + 1))
    rows.push(rowEvidence(message, row));
  if (rows.length === 0) rows.push({ frame: sip.frame, kind: 'header', name, value: '(absent)', offset: -1 });
  return rows;
}

export function sdpEvidence({ message, description }: SdpFacts, line: SdpLine): Evidence {
  const { sip } = message;
  return {
    frame: sip.frame,
    kind: 'sdp',
    name: line.type === '' ? '' : `${line.type}=`,
    value: shortened(maskedText(sip.data, line.valueStart, line.valueEnd, lineSecrets(description, line))),
    offset: line.start - sip.start,
  };
}

/** A span of time, or another fact that no line holds. */
export function factEvidence(frame: number, kind: 'packet' | 'time', name: string, value: string): Evidence {
  return { frame, kind, name, value, offset: -1 };
}

/** A header of many values may be proof of as many findings. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST).replace(HALF_CHARACTER, '')}…`;
}

function maskedText(data: Buffer, start: number, end: number, secrets: readonly OctetRange[]): string {
  const hidden = secrets.filter((secret) => secret.start < end && secret.end > start);
  if (hidden.length === 0) return data.toString('utf8', start, end);
  const octets = Buffer.from(data.subarray(start, end));
  for (const secret of hidden) octets.fill('*', Math.max(0, secret.start - start), secret.end - start);
  return octets.toString('utf8');
}

/** More of one finding tells nothing more. */
export const MAX_EVIDENCE = 32;
/** Characters; a STIR token has two thousand. */
const LONGEST = 4096;
const HALF_CHARACTER = /[\ud800-\udbff]$/;
