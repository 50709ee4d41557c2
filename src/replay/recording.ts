// Calls, as they end, in; the messages between the SBC and its peers out, in order, linked: responses to requests, and what the
// SBC sent to what made it send that. All messages of the SBC are kept until the replay is over.
import type { Timestamp } from '../capture/timestamp.ts';
import type { Call, CallEvent } from '../dialog/call.ts';
import type { LegPair } from '../legs/pair.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { Adjacencies } from '../policy/adjacency-lookup.ts';
import type { Adjacency, Policy, TransportName } from '../policy/policy.ts';
import type { Target } from '../sbc/event.ts';
import { linkCauses } from './causes.ts';
import { connectionNumbers } from './connection-numbers.ts';
import { endpoint } from './endpoint.ts';
import { RecordedMessage } from './recorded-message.ts';
import { Scenarios } from './scenario.ts';
import { sideOf, transportName } from './side.ts';
import { usualHops } from './usual-hops.ts';

export interface Recording {
  readonly policy: Policy;
  readonly adjacencies: Adjacencies;
  /** In the order of the capture; duplicates that the capture made are left out. */
  readonly messages: readonly RecordedMessage[];
  readonly scenarios: Scenarios;
  /** Where requests that begin something usually went, by adjacency. */
  readonly usualHops: ReadonlyMap<string, Target>;
  /** Time of the first message. */
  readonly start: Timestamp;
  /** Messages between others, and those of the SBC to itself. */
  readonly others: number;
  /** Messages that were seen but not kept, since their call has too many. */
  readonly unkept: number;
}

export function recordingOf(calls: readonly Call[], pairs: readonly LegPair[], policy: Policy): Recording {
  const adjacencies = new Adjacencies(policy);
  const messages: RecordedMessage[] = [];
  const byFrame = new Map<string, RecordedMessage>();
  const connectionOf = connectionNumbers();
  const seen = inOrder(calls);
  const start = seen[0]?.event.message ?? NOTHING;
  let others = 0;
  let at = 0;
  for (const { call, event } of seen) {
    const { message } = event;
    const side = sideOf(message, adjacencies);
    if (side === null) {
      others++;
      continue;
    }
    // The core's time never goes back, a capture's may.
    at = Math.max(at, millisecondsSince(start, message));
    if (event.duplicateOf > 0) continue;
    const [local, remote] = side.way === 'in' ? [message.dst, message.src] : [message.src, message.dst];
    const transport = spoken(transportName(message.transport), local, side.adjacency);
    const connection = connectionOf(transport, local, remote);
    const flow = { transport, local: listening(local, side.adjacency, transport), remote, connection };
    const first = byFrame.get(`${call.id} ${event.retransmissionOf}`) ?? null;
    const repeats = event.retransmissionOf > 0 ? (first?.repeats ?? first) : null;
    const one = new RecordedMessage({ index: messages.length, message, call, ...side, flow, at, repeats });
    if (repeats !== null) repeats.again++;
    byFrame.set(`${call.id} ${message.frame}`, one);
    messages.push(one);
  }
  const scenarios = new Scenarios(calls, pairs);
  linkCauses(messages, scenarios);
  const unkept = calls.reduce((sum, call) => sum + call.messages - (call.events?.length ?? 0), 0);
  const { seconds, nanoseconds } = start;
  return {
    ...{ policy, adjacencies, messages, scenarios, usualHops: usualHops(messages) },
    ...{ start: { seconds, nanoseconds }, others, unkept },
  };
}

/** Of a connection that the SBC opened itself, from any port: the address that it listens on there. */
function listening(end: Endpoint, { local }: Adjacency, spoken: TransportName): Endpoint {
  if (local.some(({ port }) => port === end.port)) return end;
  const own = local.find(
    ({ host, transport }) => host === end.ip && (transport === null || transport === spoken),
  );
  return own === undefined ? end : endpoint(end.ip, own.port);
}

/**
 * What was decrypted is TCP in a capture, as in the SBC's own record: it was TLS where the SBC takes no other connections at that
 * port, or if it is none of its own at that address.
 */
function spoken(recorded: TransportName, end: Endpoint, { local }: Adjacency): TransportName {
  if (recorded !== 'tcp') return recorded;
  const there = local.filter(({ host, transport }) => host === end.ip && transport !== 'udp');
  const atPort = there.filter(({ port }) => port === end.port);
  const possible = atPort.length > 0 ? atPort : there;
  return possible.length > 0 && possible.every(({ transport }) => transport === 'tls') ? 'tls' : recorded;
}

function inOrder(calls: readonly Call[]): { readonly call: Call; readonly event: CallEvent }[] {
  return calls
    .flatMap((call) => (call.events ?? []).map((event) => ({ call, event })))
    .sort((a, b) => a.event.message.frame - b.event.message.frame);
}

function millisecondsSince(start: Timestamp, { seconds, nanoseconds }: Timestamp): number {
  return (seconds - start.seconds) * 1000 + (nanoseconds - start.nanoseconds) / 1e6;
}

const NOTHING: Timestamp = { seconds: 0, nanoseconds: 0 };
