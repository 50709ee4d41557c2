// A call record as JSON, written straight from the call: the text of JSON.stringify(callRecord(call)), many times faster.

import type { Diagnostic } from '../capture/diagnostic.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type {
  Binding,
  Call,
  CallMedia,
  Dialog,
  EndpointRole,
  ReasonValue,
  RelatedCall,
  ReleaseCause,
} from './call.ts';
import { conversationOf } from './conversation.ts';
import { JsonText } from './json-text.ts';

/** The record as text. */
export function writeCallRecord(call: Call): string {
  SCRATCH.clear();
  appendCallRecord(SCRATCH, call);
  return SCRATCH.octets.toString();
}

/** Writes the record behind what `json` holds. */
export function appendCallRecord(json: JsonText, call: Call): void {
  const { timings } = call;
  json.raw('{"v":1,"id":').number(call.id).raw(',"kind":"').raw(call.kind);
  json.raw('","callId":').string(call.callId).raw(',"method":').string(call.method);
  json.raw(',"from":').string(call.from).raw(',"to":').string(call.to);
  json.raw(',"src":"').raw(call.src.text).raw('","dst":"').raw(call.dst.text);
  json.raw('","transport":"').raw(call.transports.join(','));
  json.raw('","start":').timestamp(call.start).raw(',"end":').timestamp(call.end);
  json.raw(',"state":"').raw(call.state).raw('","cause":');
  if (call.cause === null) json.raw('null');
  else cause(json, call.cause);
  json.raw(',"messages":').number(call.messages).raw(',"retransmissions":').number(call.retransmissions);
  json.raw(',"duplicates":').number(call.duplicates).raw(',"frames":').numbers(call.frames);
  json.raw(',"timings":{"sessionRequestDelay":').number(timings.sessionRequestDelay);
  json.raw(',"ringTime":').number(timings.ringTime).raw(',"setupTime":').number(timings.setupTime);
  json.raw(',"sessionDuration":').number(timings.sessionDuration);
  json.raw(',"sessionDisconnectDelay":').number(timings.sessionDisconnectDelay);
  json.raw(',"registrationRequestDelay":').number(timings.registrationRequestDelay);
  json.raw(',"responseDelay":').number(timings.responseDelay);
  json.raw('},"media":').list(call.media, media).raw(',"roles":').list(call.roles, role);
  json.raw(',"partial":').boolean(call.partial).raw(',"endpoints":').list(call.endpoints, endpoint);
  json.raw(',"dialogs":').list(call.dialogs, dialog).raw(',"related":').list(call.related, related);
  json.raw(',"bindings":').list(call.bindings, binding).raw(',"event":').string(call.event);
  json.raw(',"conversation":').string(conversationOf(call));
  json.raw(',"diagnostics":').list(call.diagnostics, diagnostic).raw('}');
}

function cause(json: JsonText, one: ReleaseCause): void {
  json
    .raw('{"by":"')
    .raw(one.by)
    .raw('","endpoint":"')
    .raw(one.endpoint)
    .raw('","method":')
    .string(one.method);
  json.raw(',"status":').number(one.status).raw(',"reason":').string(one.reason);
  json.raw(',"frame":').number(one.frame).raw(',"reasons":').list(one.reasons, reason).raw('}');
}

function reason(json: JsonText, one: ReasonValue): void {
  json.raw('{"protocol":').string(one.protocol).raw(',"cause":').number(one.cause);
  json.raw(',"text":').string(one.text).raw('}');
}

function media(json: JsonText, one: CallMedia): void {
  json.raw('{"side":"').raw(one.side).raw('","media":').string(one.media);
  json.raw(',"protocol":').string(one.protocol).raw(',"codecs":').list(one.codecs, text);
  json.raw(',"address":').string(one.address).raw(',"port":').number(one.port);
  json.raw(',"direction":"').raw(one.direction).raw('","im":').boolean(one.im).raw('}');
}

function role(json: JsonText, one: EndpointRole): void {
  json.raw('{"endpoint":"').raw(one.endpoint).raw('","role":"').raw(one.role);
  json.raw('","evidence":').string(one.evidence).raw('}');
}

function endpoint(json: JsonText, one: Endpoint): void {
  json.string(one.text);
}

function text(json: JsonText, one: string): void {
  json.string(one);
}

function dialog(json: JsonText, one: Dialog): void {
  json.raw('{"localTag":').string(one.localTag).raw(',"remoteTag":').string(one.remoteTag);
  json.raw(',"state":"').raw(one.state).raw('","frame":').number(one.frame).raw('}');
}

function related(json: JsonText, one: RelatedCall): void {
  json.raw('{"relation":"').raw(one.relation).raw('","callId":').string(one.callId);
  json.raw(',"id":').number(one.id).raw(',"frame":').number(one.frame).raw('}');
}

function binding(json: JsonText, one: Binding): void {
  json.raw('{"aor":').string(one.aor).raw(',"contact":').string(one.contact);
  json.raw(',"expires":').number(one.expires).raw(',"q":').number(one.q);
  json.raw(',"path":').list(one.path, text).raw(',"updated":').timestamp(one.updated).raw('}');
}

function diagnostic(json: JsonText, one: Diagnostic): void {
  json.raw('{"code":').string(one.code).raw(',"severity":"').raw(one.severity);
  json
    .raw('","message":')
    .string(one.message)
    .raw(',"frames":')
    .numbers(one.frames ?? [])
    .raw('}');
}

const SCRATCH = new JsonText();
