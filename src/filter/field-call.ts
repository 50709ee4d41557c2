// Fields of calls, our own: call.kind, call.state, call.setup … Durations are seconds.
import type { Call } from '../dialog/call.ts';
import { CALL_KINDS } from '../dialog/call-kind.ts';
import { CALL_STATES } from '../dialog/call-state.ts';
import type { Field, FieldType, Value } from './field.ts';
import { nanosecondsOf } from './field-frame.ts';

export const CALL_FIELDS: readonly Field[] = [
  field('call.id', 'number', 'number of the call, from 1', (call) => [call.id]),
  {
    ...field('call.kind', 'text', 'what the Call-ID was used for', (call) => [call.kind]),
    choices: CALL_KINDS,
  },
  {
    ...field('call.state', 'text', 'state at the end', (call) => [call.state]),
    choices: Object.keys(CALL_STATES),
  },
  field('call.callid', 'text', 'Call-ID', (call) => [call.callId]),
  field('call.from', 'text', 'URI of the caller', (call) => [call.from]),
  field('call.to', 'text', 'URI of the callee', (call) => [call.to]),
  field('call.method', 'text', 'method of the first request', (call) => [call.method]),
  field('call.src', 'address', 'address of the first sender', (call) => [call.src.ip]),
  field('call.dst', 'address', 'address of the first receiver', (call) => [call.dst.ip]),
  field('call.src.port', 'number', 'port of the first sender', (call) => [call.src.port]),
  field('call.dst.port', 'number', 'port of the first receiver', (call) => [call.dst.port]),
  field('call.addr', 'address', 'every address that took part', (call) => call.endpoints.map(({ ip }) => ip)),
  field('call.transport', 'text', 'transports that carried it', (call) => call.transports),
  field('call.start', 'time', 'time of the first message', (call) => [nanosecondsOf(call.start)]),
  field('call.end', 'time', 'time of the last message', (call) => [nanosecondsOf(call.end)]),
  field('call.messages', 'number', 'how many messages', (call) => [call.messages]),
  field('call.retransmissions', 'number', 'how many messages were sent again', (call) => [
    call.retransmissions,
  ]),
  field('call.duplicates', 'number', 'how many messages the capture shows twice', (call) => [
    call.duplicates,
  ]),
  field('call.partial', 'boolean', 'the beginning is not in the capture', (call) => [call.partial]),
  field('call.duration', 'duration', 'from the answer to the end', ({ timings }) =>
    seconds(timings.sessionDuration),
  ),
  field('call.setup', 'duration', 'from the first INVITE to the answer', ({ timings }) =>
    seconds(timings.setupTime),
  ),
  field('call.pdd', 'duration', 'post-dial delay (RFC 6076 SRD)', ({ timings }) =>
    seconds(timings.sessionRequestDelay),
  ),
  field('call.ring', 'duration', 'from ringing to the final response', ({ timings }) =>
    seconds(timings.ringTime),
  ),
  field('call.disconnect', 'duration', 'from BYE to its answer', ({ timings }) =>
    seconds(timings.sessionDisconnectDelay),
  ),
  field('call.response', 'duration', 'from the first request to its final response', ({ timings }) =>
    seconds(timings.responseDelay),
  ),
  field('call.cause', 'text', 'what ended it: a method, or status and reason', ({ cause }) => {
    if (cause === null) return [];
    return [cause.status > 0 ? `${cause.status} ${cause.reason}`.trim() : cause.method];
  }),
  field('call.cause.by', 'text', 'who ended it: caller, callee or network', ({ cause }) =>
    cause === null ? [] : [cause.by],
  ),
  field('call.cause.status', 'number', 'status that ended it', ({ cause }) =>
    cause === null || cause.status === 0 ? [] : [cause.status],
  ),
  field('call.cause.reason', 'number', 'causes of the Reason headers of the ending', ({ cause }) =>
    (cause?.reasons ?? []).flatMap((reason) => reason.cause ?? []),
  ),
  field('call.media', 'text', 'kinds of media', (call) => call.media.map(({ media }) => media)),
  field('call.codec', 'text', 'codecs: PCMU/8000', (call) => call.media.flatMap(({ codecs }) => codecs)),
  field('call.media.addr', 'text', 'addresses of media', (call) =>
    call.media.flatMap(({ address }) => address || []),
  ),
  field('call.im', 'boolean', 'has instant messaging as media', (call) => [call.media.some(({ im }) => im)]),
  field('call.event', 'text', 'event package of a subscription', (call) =>
    call.event === '' ? [] : [call.event],
  ),
  field('call.role', 'text', 'roles of those who took part', (call) => call.roles.map(({ role }) => role)),
];

function field(
  name: string,
  type: FieldType,
  about: string,
  values: (call: Call) => readonly Value[],
): Field {
  return {
    name,
    type,
    level: 'call',
    about,
    read: ({ call }, out) => {
      if (call !== null) out.push(...values(call));
    },
  };
}

function seconds(milliseconds: number | null): number[] {
  return milliseconds === null ? [] : [milliseconds / 1000];
}
