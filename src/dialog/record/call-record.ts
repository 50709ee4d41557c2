// A call as the JSON object that `calls --json` prints, one a line. Fields keep their names and meanings while `v` is 1;
// more may be added at the end. Times are ISO 8601 with nine decimals, spans milliseconds, addresses `ip:port`.
import { formatTimestamp } from '../../capture/timestamp.ts';
import type {
  Call,
  CallMedia,
  EndpointRole,
  ReasonValue,
  RelatedCall,
  ReleaseCause,
  Timings,
} from '../call.ts';
import type { CallKind } from '../call-kind.ts';
import type { CallState } from '../call-state.ts';
import { conversationOf } from '../conversation.ts';

export interface CallRecord {
  readonly v: 1;
  readonly id: number;
  readonly kind: CallKind;
  readonly callId: string;
  readonly method: string;
  readonly from: string;
  readonly to: string;
  readonly src: string;
  readonly dst: string;
  /** `udp`, `tcp` …; several are joined by commas. */
  readonly transport: string;
  readonly start: string;
  readonly end: string;
  readonly state: CallState;
  readonly cause: ReleaseCause | null;
  readonly messages: number;
  readonly retransmissions: number;
  readonly duplicates: number;
  readonly frames: readonly number[];
  readonly timings: Timings;
  readonly media: readonly CallMedia[];
  readonly roles: readonly EndpointRole[];
  readonly partial: boolean;
  readonly endpoints: readonly string[];
  readonly dialogs: readonly DialogRecordJson[];
  readonly related: readonly RelatedCall[];
  readonly bindings: readonly BindingRecord[];
  readonly event: string;
  /** Of page-mode conversations: both URIs in order, the same for either direction; else ''. */
  readonly conversation: string;
  readonly diagnostics: readonly DiagnosticRecord[];
}

export interface DialogRecordJson {
  readonly localTag: string;
  readonly remoteTag: string;
  readonly state: string;
  readonly frame: number;
}

export interface BindingRecord {
  readonly aor: string;
  readonly contact: string;
  readonly expires: number | null;
  readonly q: number | null;
  readonly path: readonly string[];
  readonly updated: string;
}

export interface DiagnosticRecord {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly frames: readonly number[];
}

export function callRecord(call: Call): CallRecord {
  return {
    v: 1,
    id: call.id,
    kind: call.kind,
    callId: call.callId,
    method: call.method,
    from: call.from,
    to: call.to,
    src: call.src.text,
    dst: call.dst.text,
    transport: call.transports.join(','),
    start: formatTimestamp(call.start),
    end: formatTimestamp(call.end),
    state: call.state,
    cause: call.cause === null ? null : causeRecord(call.cause),
    messages: call.messages,
    retransmissions: call.retransmissions,
    duplicates: call.duplicates,
    frames: call.frames,
    timings: call.timings,
    media: call.media,
    roles: call.roles,
    partial: call.partial,
    endpoints: call.endpoints.map((endpoint) => endpoint.text),
    dialogs: call.dialogs.map(({ localTag, remoteTag, state, frame }) => ({
      localTag,
      remoteTag,
      state,
      frame,
    })),
    related: call.related.map(({ relation, callId, id, frame }) => ({ relation, callId, id, frame })),
    bindings: call.bindings.map(({ aor, contact, expires, q, path, updated }) => {
      return { aor, contact, expires, q, path, updated: formatTimestamp(updated) };
    }),
    event: call.event,
    conversation: conversationOf(call),
    diagnostics: call.diagnostics.map(({ code, severity, message, frames }) => {
      return { code, severity, message, frames: frames ?? [] };
    }),
  };
}

function causeRecord({ by, endpoint, method, status, reason, frame, reasons }: ReleaseCause): ReleaseCause {
  return { by, endpoint, method, status, reason, frame, reasons: reasons.map(reasonRecord) };
}

function reasonRecord({ protocol, cause, text }: ReasonValue): ReasonValue {
  return { protocol, cause, text };
}
