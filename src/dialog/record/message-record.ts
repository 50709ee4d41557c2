// A message as the JSON object that `messages --json` prints, one a line. Fields keep their names and meanings while `v`
// is 1; more may be added at the end.
import { formatTimestamp } from '../../capture/timestamp.ts';
import type { HepFacts } from '../../network/passage.ts';
import type { Transport } from '../../network/payload.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { MessageInfo } from '../call.ts';

export interface MessageRecord {
  readonly v: 1;
  /** The first packet that carries it, and all that do. */
  readonly frame: number;
  readonly frames: readonly number[];
  /** ISO 8601 with nine decimals. */
  readonly time: string;
  /** `ip:port`. */
  readonly src: string;
  readonly dst: string;
  readonly transport: Transport;
  /** Of a request. */
  readonly method?: string;
  readonly requestUri?: string;
  /** Of a response. */
  readonly status?: number;
  readonly reason?: string;
  readonly callId: string;
  /** null when the header is absent or has no number. */
  readonly cseq: { readonly number: number; readonly method: string } | null;
  /** The values of From and To as the message has them; '' when absent. */
  readonly from: string;
  readonly to: string;
  readonly tags: { readonly from: string; readonly to: string };
  /** Of the topmost Via. */
  readonly branch: string;
  /** Packet of the message it repeats at the same hop; 0 when it repeats none. */
  readonly retransmission: number;
  /** Packet the capture shows it in before; 0 when it is no duplicate. */
  readonly duplicate: number;
  readonly body: { readonly type: string; readonly length: number } | null;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    /** Octet of the message, null where it concerns the whole. */
    readonly at: number | null;
  }[];
  /** Number of its call, and milliseconds from its request for a response. */
  readonly call: number;
  readonly delay: number | null;
  /** The tunnels it came through, outermost first: `gtp-u 10.0.0.1→10.0.0.2 teid 0x1`; null when none. */
  readonly tunnel: string | null;
  /** What the agent says that mirrored it by HEP: its number (or null), and texts that are '' when it says none; else null. */
  readonly hep: Pick<HepFacts, 'agent' | 'correlationId' | 'node'> | null;
}

export function messageRecord(m: SipMessage, info: MessageInfo): MessageRecord {
  const length = m.bodyEnd - m.bodyStart;
  return {
    v: 1,
    frame: m.frame,
    frames: m.frames ?? [m.frame],
    time: formatTimestamp(m),
    src: m.src.text,
    dst: m.dst.text,
    transport: m.transport,
    ...(m.isRequest
      ? { method: m.method, requestUri: m.requestUri }
      : { status: m.status, reason: m.reason }),
    callId: m.callId,
    cseq: m.cseqNumber < 0 ? null : { number: m.cseqNumber, method: m.cseqMethod },
    from: m.fromRow < 0 ? '' : m.headerValue(m.fromRow),
    to: m.toRow < 0 ? '' : m.headerValue(m.toRow),
    tags: { from: m.fromTag, to: m.toTag },
    branch: m.branch,
    retransmission: info.retransmissionOf,
    duplicate: info.duplicateOf,
    body: length > 0 ? { type: m.contentType?.name ?? '', length } : null,
    diagnostics: m.diagnostics.map(({ code, severity, message, at }) => {
      return { code, severity, message, at: at ?? null };
    }),
    call: info.call.id,
    delay: info.delay,
    tunnel: m.passage?.tunnel ?? null,
    hep: hepRecord(m),
  };
}

function hepRecord({ passage }: SipMessage): MessageRecord['hep'] {
  const hep = passage?.hep ?? null;
  if (hep === null) return null;
  const { agent, correlationId, node } = hep;
  return { agent, correlationId, node };
}

export function writeMessageRecord(m: SipMessage, info: MessageInfo): string {
  return JSON.stringify(messageRecord(m, info));
}
