// A leg → what is compared with other legs, read once from its first request, its answers and its times.

import type { CallEvent } from '../dialog/call.ts';
import { HEADER, type HeaderId } from '../sip/header/header-names.ts';
import { NULL_UUID, parseSessionId } from '../sip/header/session-id.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import { type Attempt, attemptOf, attemptsOf } from './attempt.ts';
import { callIdNames, callIdParts } from './call-id-parts.ts';
import { addressKey, contactKey } from './contact-bindings.ts';
import { credentialKey } from './credential-key.ts';
import { JOINED, standsForJoined } from './joined-leg.ts';
import type { Leg } from './leg.ts';
import { answerOf, firstSession, mediaAddresses, sessionOf } from './leg-sessions.ts';
import type { MediaStreams } from './media-streams.ts';
import { guidOf, namedCalls, parameterOf, unregistered } from './naming-headers.ts';
import { partyKey } from './party-key.ts';
import { sameText } from './same-text.ts';
import type { SessionTraits } from './session-traits.ts';
import { secondsOf, type Timeline, timelineOf } from './timeline.ts';

/** Text that is '' is not there, or says nothing. */
export interface LegTraits {
  readonly leg: Leg;
  /** Its beginning was not captured: another of its requests stands for it. */
  readonly joined: boolean;
  readonly method: string;
  readonly methodId: number;
  /** Seconds of its first request. */
  readonly start: number;
  /** Its requests outside a dialog: more than one after a challenge, or in a conversation. */
  readonly attempts: readonly Attempt[];
  readonly timeline: Timeline;
  /** Where its sender says it takes answers (RFC 3261 §18.1.1), as `ip:port`. */
  readonly sentBy: string;
  readonly callId: string;
  /** Call-IDs that its own may be made from, and those that it names. */
  readonly madeFrom: ReadonlySet<string>;
  /** What stands before its @, where that is long enough to be told. */
  readonly localCallId: string;
  readonly namedCalls: readonly string[];
  readonly fromTag: string;
  readonly sessionId: string;
  readonly chargingId: string;
  readonly guid: string;
  /** Values of leg headers, and headers of nobody's registry, as `name: value`. */
  readonly legHeaders: readonly string[];
  readonly otherHeaders: readonly string[];
  /** Branch of its topmost Via, and of those below. */
  readonly branch: string;
  readonly branchesBelow: readonly string[];
  readonly offer: SessionTraits | undefined;
  /** Session number of the first description that came back, and the packet it came in. */
  readonly answer: string;
  readonly answerFrame: number;
  /** SSRCs of its media, each with a packet of it. */
  readonly ssrcs: ReadonlyMap<number, number>;
  /** A body that is no session description, as text. */
  readonly body: string;
  readonly fromUser: string;
  readonly toUser: string;
  readonly targetUser: string;
  /** Where it wants to be reached, and where it goes, for comparing with what was registered. */
  readonly contact: string;
  readonly target: string;
  readonly identities: readonly string[];
  readonly cseq: number;
  readonly agent: string;
  readonly service: string;
  /** Who is registered, where, and for how long. */
  readonly binding: string;
  readonly credentials: string;
  /** Why it was ended, as the BYE or CANCEL has it (RFC 3326). */
  readonly reason: string;
  /** Status of the final answer to its last attempt, 0 while there is none. */
  readonly final: number;
  readonly finalFrame: number;
  /** Seconds. */
  readonly finalTime: number;
}

export interface TraitOptions {
  /** Names of leg headers, in lower case. */
  readonly legHeaders: ReadonlySet<string>;
  /** Legs whose beginning was not captured have traits too. */
  readonly joined?: boolean;
  readonly streams?: MediaStreams;
}

/** null for a leg whose beginning was not captured, unless those are asked for and a request stands for it. */
export function traitsOf(leg: Leg, options: TraitOptions): LegTraits | null {
  const { initial } = leg;
  if (initial !== undefined) return traitsFrom(leg, initial, options);
  const first = options.joined === true ? standsForJoined(leg.events) : undefined;
  return first === undefined ? null : traitsFrom(leg, first, options);
}

function traitsFrom(leg: Leg, first: CallEvent, { legHeaders, streams }: TraitOptions): LegTraits {
  const joined = first !== leg.initial;
  const m = first.message;
  const via = m.vias[0];
  const answer = answerOf(leg);
  const offer = joined ? firstSession(leg) : sessionOf(m);
  const final = finalOf(leg, first);
  const sessionId = parseSessionId(m.value(HEADER['Session-ID']) ?? '').local.toLowerCase();
  const headers = unregistered(m, legHeaders);
  return {
    ...{ leg, joined },
    method: joined ? JOINED : m.method,
    methodId: joined ? 0 : m.methodId,
    start: secondsOf(first),
    attempts: joined ? [attemptOf(first)] : attemptsOf(leg),
    timeline: timelineOf(leg),
    sentBy: via === undefined ? '' : `${via.host}:${via.port ?? 5060}`,
    callId: m.callId,
    madeFrom: callIdParts(m.callId),
    localCallId: callIdNames(m.callId)[1] ?? '',
    namedCalls: namedCalls(m),
    fromTag: m.fromTag,
    sessionId: sessionId === NULL_UUID || sessionId.length < 16 ? '' : sessionId,
    chargingId: parameterOf(m.value(HEADER['P-Charging-Vector']), 'icid-value'),
    guid: guidOf(m),
    legHeaders: headers.leg,
    otherHeaders: headers.other,
    branch: via?.params.get('branch') ?? '',
    branchesBelow: m.vias.slice(1, MAX_VIAS).map(({ params }) => params.get('branch') ?? ''),
    offer,
    answer: answer?.session ?? '',
    answerFrame: answer?.frame ?? 0,
    ssrcs: ssrcsOf(leg, streams),
    body: offer === undefined && m.bodyEnd > m.bodyStart ? bodyText(m) : '',
    fromUser: partyKey(m.from?.uri),
    toUser: partyKey(m.to?.uri),
    targetUser: partyKey(m.uri),
    contact: contactKey(m),
    target: joined ? '' : addressKey(m.uri),
    identities: IDENTITIES.flatMap((id) => m.addresses(id).map(({ uri }) => partyKey(uri))).filter(
      (user) => user !== '',
    ),
    cseq: m.cseqNumber,
    agent: sameText(joinedValues(m, AGENT, '\n')),
    service: sameText(joinedValues(m, SERVICES, ' ')),
    binding: m.methodId === METHOD.REGISTER ? bindingOf(m) : '',
    credentials: credentialKey(leg.events),
    reason: reasonOf(leg),
    final: final?.message.status ?? 0,
    finalFrame: final?.message.frame ?? 0,
    finalTime: final === undefined ? Number.POSITIVE_INFINITY : secondsOf(final),
  };
}

/** Media begin a little before the answer that was seen, and end a little after the BYE. */
function ssrcsOf(leg: Leg, streams: MediaStreams | undefined): ReadonlyMap<number, number> {
  if (streams === undefined || streams.silent) return NO_STREAMS;
  const { events } = leg;
  const addresses = mediaAddresses(leg);
  if (addresses.size === 0) return NO_STREAMS;
  return streams.at(addresses, secondsOf(events[0]) - SLACK, secondsOf(events[events.length - 1]) + SLACK);
}

/** The final answer to the last attempt: those before it were challenged, or are other messages of the conversation. */
function finalOf({ events, initial }: Leg, first: CallEvent): CallEvent | undefined {
  const method = first.message.methodId;
  let last: CallEvent | undefined;
  for (const event of events) {
    const { message } = event;
    if (initial !== undefined && message.isRequest && message.methodId === method && message.toTagStart >= 0)
      break;
    if (message.isRequest || message.cseqMethodId !== method || message.status < 200) continue;
    // What is sent again, until it is acknowledged, was given when it came first.
    if (last === undefined || (event.retransmissionOf <= 0 && event.duplicateOf <= 0)) last = event;
  }
  return last;
}

function reasonOf({ events }: Leg): string {
  for (let at = events.length - 1; at >= 0; at--) {
    const { message } = events[at];
    if (message.isRequest && (message.methodId === METHOD.BYE || message.methodId === METHOD.CANCEL))
      return (message.value(HEADER.Reason) ?? '').slice(0, MAX_REASON);
  }
  return '';
}

/** RFC 3261 §10.2.1: the address of record, and how long it is to be bound. */
function bindingOf(m: SipMessage): string {
  const contact = m.contacts === '*' ? undefined : m.contacts[0];
  const expires = contact?.params.get('expires') ?? m.value(HEADER.Expires) ?? '';
  const aor = partyKey(m.to?.uri);
  return aor === '' ? '' : `${aor} for ${expires || 'as long as granted'}`;
}

function joinedValues(m: SipMessage, ids: readonly HeaderId[], separator: string): string {
  return ids
    .map((id) => m.value(id) ?? '')
    .join(separator)
    .trim();
}

function bodyText(m: SipMessage): string {
  return m.data.toString('latin1', m.bodyStart, Math.min(m.bodyEnd, m.bodyStart + MAX_BODY));
}

export const DEFAULT_LEG_HEADERS: readonly string[] = [
  'x-cid',
  'x-call-id',
  'x-callid',
  'x-inbound-call-id',
  'x-original-call-id',
  'x-orig-call-id',
  'x-b2bua-call-id',
  'p-call-id',
];
const IDENTITIES = [HEADER['P-Asserted-Identity'], HEADER.Diversion, HEADER['History-Info']];
const SERVICES = [HEADER['P-Asserted-Service'], HEADER['P-Called-Party-ID'], HEADER['P-Served-User']];
const AGENT = [HEADER['User-Agent'], HEADER.Allow, HEADER.Supported];
const NO_STREAMS: ReadonlyMap<number, number> = new Map();
/** Seconds. */
const SLACK = 0.5;
const MAX_VIAS = 16;
const MAX_REASON = 256;
const MAX_BODY = 4096;
