// RFC 3261 §8.1.1, §8.2.6.2, §20 tables 2 and 3, and the tables of the documents that define the other methods: the headers
// that a message must have. Those that one method's own rule judges are left to it.
import { HEADER, HEADERS, type HeaderId, type HeaderName } from '../../sip/header/header-names.ts';
import { METHOD, type MethodId } from '../../sip/method.ts';
import { startLineEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { isBeforeRfc3261 } from './magic-cookie.ts';

export default defineRule({
  meta: {
    id: 'message/mandatory-header',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    summary: 'A message has the headers that its method or status demands.',
    why: 'The receiver answers 400, drops the message, or does not know where to send what comes next.',
    exceptions: [
      'Compact forms of header names.',
      'Max-Forwards, tags, Content-Type, Event, Refer-To and Subscription-State, whose own rules judge them.',
      'Min-Expires in a 423 to REGISTER and Min-SE in a 422: registration/expires-inconsistent, dialog/session-timer.',
      'A Contact that a device older than RFC 3261 leaves out, and Allow-Events in a 489 to SUBSCRIBE: a warning.',
      'Accept-Encoding and Accept-Language in a 200 to OPTIONS: their absence has a defined meaning.',
    ],
    fix: 'Have the sender add the header; where a box between removes it, have the box keep it.',
    sources: [
      { document: 'RFC 3261', section: '8.1.1', says: 'what every request has' },
      { document: 'RFC 3261', section: '8.2.6.2', says: 'what every response copies' },
      { document: 'RFC 3261', section: '20', says: 'tables 2 and 3' },
      { document: 'RFC 3261', section: '11.2', says: 'what a 200 to OPTIONS should list' },
      { document: 'RFC 3262', section: '7', says: 'RAck in PRACK' },
      { document: 'RFC 3265', section: '7.2', says: 'Event in NOTIFY, Allow-Events in 489' },
      { document: 'RFC 3311', section: '7', says: 'Contact in UPDATE and its 2xx' },
      { document: 'RFC 3515', section: '2.2', says: 'Contact in REFER and its 2xx' },
      { document: 'RFC 3903', section: '11.1', says: 'Min-Expires in 423, Allow-Events in 489' },
    ],
    messages: {
      missing: '{what} has no {header}',
      'one-of': '{what} has none of {headers}',
      recommended: '{what} does not list {headers}',
      length: '{what} has no Content-Length',
    },
  },
  create: (context) => ({
    message(message) {
      const { sip } = message;
      if (message.truncated || !sip.headersComplete) return;
      judgeCommon(message, context);
      if (sip.isRequest) judgeRequest(message, context);
      else judgeResponse(message, context);
    },
  }),
});

type Context = RuleContext<'missing' | 'one-of' | 'recommended' | 'length'>;

/** The five of every message; table 2: Content-Length should be there, and on a stream must (message/content-length). */
function judgeCommon(message: MessageFacts, context: Context): void {
  const { sip } = message;
  if (sip.viaRow < 0) missing(message, HEADER.Via, context);
  if (sip.fromRow < 0) missing(message, HEADER.From, context);
  if (sip.toRow < 0) missing(message, HEADER.To, context);
  if (sip.callIdRow < 0) missing(message, HEADER['Call-ID'], context);
  if (sip.cseqRow < 0) missing(message, HEADER.CSeq, context);
  if (sip.contentLength === -1 && sip.transport === 'udp') {
    context.report({ message: 'length', data: { what: nameOf(message) }, at: message, severity: 'warning' });
  }
}

function judgeRequest(message: MessageFacts, context: Context): void {
  const { sip } = message;
  const required = OF_REQUESTS[sip.methodId];
  if (required !== undefined) {
    for (const id of required) if (sip.find(id) < 0) missing(message, id, context);
  }
  if (sip.methodId === METHOD.INVITE && sip.toTagStart < 0) recommend(message, CAPABILITIES, context);
}

function judgeResponse(message: MessageFacts, context: Context): void {
  const { sip } = message;
  const { status, cseqMethodId: method } = sip;
  if (status < 200) return;
  if (status < 300) {
    if (CONTACT_IN_2XX.includes(method) && sip.find(HEADER.Contact) < 0) {
      missing(message, HEADER.Contact, context);
    }
    if (method === METHOD.INVITE && initial(message)) recommend(message, CAPABILITIES, context);
    else if (method === METHOD.OPTIONS) recommend(message, CAPABILITIES_ASKED, context);
  } else if (status === 415) {
    if (ACCEPTS.every((id) => sip.find(id) < 0)) {
      const headers = ACCEPTS.map((id) => HEADERS[id]!.name).join(', ');
      context.report({ message: 'one-of', data: { what: nameOf(message), headers }, at: message });
    }
  } else {
    const id = OF_STATUS.get(status);
    if (id === undefined || sip.find(id) >= 0) return;
    if (status === 423 && method === METHOD.REGISTER) return;
    missing(message, id, context);
  }
}

/** Of a 2xx without its request nobody knows. */
function initial({ transaction }: MessageFacts): boolean {
  return transaction?.initial === true;
}

function missing(message: MessageFacts, id: HeaderId, { report }: Context): void {
  report({
    message: 'missing',
    data: { what: nameOf(message), header: HEADERS[id]!.name },
    at: message,
    evidence: [startLineEvidence(message)],
    ...(isLenient(message, id) && { severity: 'warning' as const }),
  });
}

/** An older device without Contact; a 489 to SUBSCRIBE, since RFC 6665 has no such table any more. */
function isLenient(message: MessageFacts, id: HeaderId): boolean {
  if (id === HEADER.Contact) return isBeforeRfc3261(message);
  return id === HEADER['Allow-Events'] && message.sip.cseqMethodId !== METHOD.PUBLISH;
}

/** Marked m* in the tables: should be there, and both sides get by without. */
function recommend(message: MessageFacts, ids: readonly HeaderId[], { report }: Context): void {
  const { sip } = message;
  if (ids.every((id) => sip.find(id) >= 0)) return;
  const absent = ids.filter((id) => sip.find(id) < 0).map((id) => HEADERS[id]!.name);
  const data = { what: nameOf(message), headers: absent.join(', ') };
  report({ message: 'recommended', data, at: message, severity: 'info' });
}

function nameOf({ isRequest, method, status }: MessageFacts): string {
  return isRequest ? method : `${status} to ${method}`;
}

function ids(...names: HeaderName[]): HeaderId[] {
  return names.map((name) => HEADER[name]);
}

const OF_REQUESTS: (readonly HeaderId[] | undefined)[] = [];
OF_REQUESTS[METHOD.INVITE] = ids('Contact'); // RFC 3261 §8.1.1.8
OF_REQUESTS[METHOD.SUBSCRIBE] = ids('Contact'); // RFC 3265 §7.1
OF_REQUESTS[METHOD.NOTIFY] = ids('Contact', 'Event'); // RFC 3265 §7.1, §7.2
OF_REQUESTS[METHOD.REFER] = ids('Contact'); // RFC 3515 §2.2
OF_REQUESTS[METHOD.UPDATE] = ids('Contact'); // RFC 3311 §7
OF_REQUESTS[METHOD.PRACK] = ids('RAck'); // RFC 3262 §7.2

const CONTACT_IN_2XX: readonly MethodId[] = [METHOD.INVITE, METHOD.SUBSCRIBE, METHOD.REFER, METHOD.UPDATE];
const CAPABILITIES = ids('Allow', 'Supported');
const CAPABILITIES_ASKED = ids('Accept', 'Allow', 'Supported');
/** RFC 3261 §21.4.13: depending on what was not acceptable. */
const ACCEPTS = ids('Accept', 'Accept-Encoding', 'Accept-Language');

const OF_STATUS: ReadonlyMap<number, HeaderId> = new Map([
  [401, HEADER['WWW-Authenticate']], // RFC 3261 §20.44
  [405, HEADER.Allow], // §21.4.6
  [407, HEADER['Proxy-Authenticate']], // §20.27
  [420, HEADER.Unsupported], // §21.4.15
  [423, HEADER['Min-Expires']], // §21.4.17
  [489, HEADER['Allow-Events']], // RFC 3265 §7.2
]);
