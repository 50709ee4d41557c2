// A call of the dialog stage → the flow a ladder is drawn from. The only file here that knows calls and messages.
import { compareTimestamps } from '../capture/timestamp.ts';
import type { Call, CallEvent, ReleaseCause } from '../dialog/call.ts';
import { sentByPort } from '../policy/host-address.ts';
import { parseSdp } from '../sdp/session.ts';
import { summarizeMedia } from '../sdp/summary.ts';
import type { SipMessage } from '../sip/message.ts';
import { parseAddress } from './address.ts';
import type { Flow, FlowMedia, FlowMessage, OtherCall } from './flow.ts';

/** `index` is shown in the title: the call's number in the list. The call must have been kept with its messages. */
export function flowOf(call: Call, index: number = call.id): Flow {
  const events = call.events ?? [];
  const marks = marksByFrame(call);
  return {
    index,
    kind: call.kind,
    callId: call.callId,
    from: call.from,
    to: call.to,
    state: call.state,
    cause: call.cause === null ? '' : causeText(call.cause),
    ...(call.cause !== null && call.cause.status > 0 && { causeFrom: call.cause.endpoint }),
    unkept: call.messages - events.length,
    partial: call.partial,
    roles: rolesByEndpoint(call),
    messages: events.map((event) => flowMessageOf(event, marks)),
  };
}

/** Several calls that one box made of one another as one flow: it begins and is titled as the first. */
export function flowOfCalls(
  calls: readonly Call[],
  others: readonly OtherCall[],
  /** What goes before the roles that the calls tell: `ip:port` → role. */
  roles: ReadonlyMap<string, string> = new Map(),
): Flow {
  const flows = calls.map((call) => flowOf(call));
  const [first] = flows;
  return {
    ...first,
    others,
    unkept: flows.reduce((sum, { unkept }) => sum + unkept, 0),
    partial: flows.some(({ partial }) => partial),
    roles: new Map([...flows.toReversed().flatMap(({ roles: told }) => [...told]), ...roles]),
    messages: flows
      .flatMap(({ messages }) => messages)
      .sort((a, b) => compareTimestamps(a, b) || a.frame - b.frame),
  };
}

/** The messages of the flow that is made of these calls, in its order. */
export function eventsOfCalls(calls: readonly Call[]): CallEvent[] {
  const events = calls.flatMap((call) => call.events ?? []);
  if (calls.length === 1) return events;
  return events.sort(({ message: a }, { message: b }) => compareTimestamps(a, b) || a.frame - b.frame);
}

/** `BYE by the caller, Q.850 cause 16`, `486 Busy Here from 192.0.2.4:5060`, `no answer to INVITE`. */
export function causeText(cause: ReleaseCause): string {
  const who = deciding(cause);
  // RFC 3326 §2: why the request was sent.
  const reasons = cause.reasons
    .filter(({ cause: code, text }) => code !== null || text !== '')
    .map(({ protocol, cause: code, text }) =>
      [protocol, code === null ? '' : `cause ${code}`, text === '' ? '' : `"${text}"`]
        .filter((word) => word !== '')
        .join(' '),
    );
  return [who, ...reasons].join(', ');
}

/** `registrar, b2bua` where one address is several things. */
function rolesByEndpoint(call: Call): Map<string, string> {
  const roles = new Map<string, string>();
  for (const { endpoint, role } of call.roles) {
    const before = roles.get(endpoint);
    roles.set(endpoint, before === undefined ? role : `${before}, ${role}`);
  }
  return roles;
}

function deciding({ by, endpoint, method, status, reason }: ReleaseCause): string {
  if (by === 'network') return reason === '' ? `no answer to ${method}` : reason;
  // A request comes from a side of the call; a response may be made by any box on the way.
  if (status > 0) return `${`${status} ${reason}`.trimEnd()} from ${endpoint}`;
  return `${reason === '' ? method : `${method} (${reason})`} by the ${by}`;
}

/** `marks`: codes to show at the arrows of packets. */
export function flowMessageOf(
  event: Pick<CallEvent, 'message' | 'retransmissionOf' | 'duplicateOf' | 'delay'>,
  marks: ReadonlyMap<number, readonly string[]>,
): FlowMessage {
  const { message } = event;
  const via = message.isRequest ? message.vias[0] : undefined;
  const codes = message.diagnose().filter(({ severity }) => severity !== 'info');
  return {
    frame: message.frame,
    seconds: message.seconds,
    nanoseconds: message.nanoseconds,
    src: message.src,
    dst: message.dst,
    ...(via !== undefined && {
      sentBy: { host: parseAddress(via.host) ?? via.host, port: sentByPort(via) },
    }),
    transport: message.transport,
    method: message.method,
    status: message.status,
    reason: message.reason,
    cseqNumber: message.cseqNumber,
    cseqMethod: message.cseqMethod,
    ...contentOf(message),
    retransmission: event.retransmissionOf > 0,
    duplicateOf: event.duplicateOf,
    delay: event.delay,
    marks: [...new Set([...codes.map(({ code }) => code), ...(marks.get(message.frame) ?? [])])],
  };
}

function contentOf(message: SipMessage): { media: readonly FlowMedia[]; body: string } {
  const sdp = message.sdpBody();
  const media = sdp === undefined ? [] : summarizeMedia(parseSdp(message.data, sdp.start, sdp.end));
  const type = message.body.length === 0 ? '' : (message.contentType?.name ?? 'body without type');
  return { media, body: media.length > 0 && type === 'application/sdp' ? '' : type };
}

/** What the correlator noticed, by the packet it concerns. */
function marksByFrame(call: Call): Map<number, string[]> {
  const marks = new Map<number, string[]>();
  for (const { code, frames } of call.diagnostics) {
    const frame = frames?.[frames.length - 1] ?? 0;
    marks.set(frame, [...(marks.get(frame) ?? []), code]);
  }
  return marks;
}
