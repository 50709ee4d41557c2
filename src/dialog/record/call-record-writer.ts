// A call record as JSON, written straight from the call: the text of JSON.stringify(callRecord(call)), many times faster.

import type { Diagnostic } from '../../capture/diagnostic.ts';
import type { Binding, Call, ReasonValue, RelatedCall, ReleaseCause } from '../call.ts';
import { conversationOf } from '../conversation.ts';
import type { DialogRecord } from '../dialog.ts';
import { ROW_DOUBLES } from '../kept/call-memory.ts';
import { packetAt, packetCount } from '../kept/packet-list.ts';
import { OpenCall } from '../open-call.ts';
import { SPAN_COUNT, SPANS, spansOf } from '../timings.ts';
import { callRecord } from './call-record.ts';
import { appendText, CALL_ID as TEXT_CALL_ID, FROM as TEXT_FROM, TO as TEXT_TO } from './call-text.ts';
import { appendEndpoints, appendEnds, appendRoles } from './endpoint-record.ts';
import { JsonPiece } from './json-piece.ts';
import { JsonText, spellOut } from './json-text.ts';
import { appendMedia } from './media-record.ts';

/** The record as text. */
export function writeCallRecord(call: Call): string {
  SCRATCH.clear();
  appendCallRecord(SCRATCH, call);
  return SCRATCH.octets.toString();
}

/** Writes the record behind what `json` holds. */
export function appendCallRecord(json: JsonText, call: Call): void {
  if (call instanceof OpenCall) appendOpenCall(json, call);
  else json.text(spellOut(JSON.stringify(callRecord(call))));
}

function appendOpenCall(json: JsonText, call: OpenCall): void {
  json.piece(ID).number(call.id).piece(KIND).raw(call.kind).piece(CALL_ID);
  appendText(json, call, TEXT_CALL_ID);
  json.piece(METHOD).string(call.method).piece(FROM);
  appendText(json, call, TEXT_FROM);
  json.piece(TO);
  appendText(json, call, TEXT_TO);
  appendEnds(json, call);
  json.piece(TRANSPORT).raw(call.transport);
  json.piece(START).time(call.startSeconds, call.startNanoseconds);
  json.piece(END).time(call.lastSeconds, call.lastNanoseconds);
  json.piece(STATE).raw(call.state).piece(CAUSE);
  if (call.cause === null) json.piece(NULL);
  else cause(json, call.cause);
  json.piece(MESSAGES).number(call.messages).piece(RETRANSMISSIONS).number(call.retransmissions);
  json.piece(DUPLICATES).number(call.duplicates).piece(FRAMES);
  frames(json, call);
  spansOf(call.memory.doubles, call.row * ROW_DOUBLES);
  for (let i = 0; i < SPAN_COUNT; i++) json.piece(SPAN_NAMES[i]).milliseconds(SPANS[i]);
  json.piece(MEDIA);
  appendMedia(json, call.callerSession, call.calleeSession);
  json.piece(ROLES);
  appendRoles(json, call);
  json.piece(PARTIAL).boolean(call.partial).piece(ENDPOINTS);
  appendEndpoints(json, call);
  json.piece(DIALOGS).list(call.dialogs, dialog);
  if (call.isPlain) json.piece(PLAIN_REST);
  else rest(json, call);
}

function frames(json: JsonText, call: OpenCall): void {
  if (!call.packetsSorted) {
    json.numbers(call.frames);
    return;
  }
  json.piece(OPEN_LIST);
  const count = packetCount(call);
  for (let i = 0; i < count; i++) {
    if (i > 0) json.piece(COMMA);
    json.number(packetAt(call, i));
  }
  json.piece(CLOSE_LIST);
}

/** What few calls have. */
function rest(json: JsonText, call: OpenCall): void {
  json.piece(RELATED).list(call.related, related).piece(BINDINGS).list(call.bindings, binding);
  json.piece(EVENT).string(call.event).piece(CONVERSATION).string(conversationOf(call));
  json.piece(DIAGNOSTICS).list(call.diagnostics, diagnostic).piece(CLOSE);
}

function cause(json: JsonText, one: ReleaseCause): void {
  json.piece(CAUSE_BY).raw(one.by).piece(CAUSE_ENDPOINT).raw(one.endpoint);
  json.piece(CAUSE_METHOD).string(one.method).piece(CAUSE_STATUS).number(one.status);
  json.piece(CAUSE_REASON).string(one.reason).piece(CAUSE_FRAME).number(one.frame);
  json.piece(CAUSE_REASONS).list(one.reasons, reason).piece(CLOSE);
}

function reason(json: JsonText, one: ReasonValue): void {
  json.raw('{"protocol":').string(one.protocol).raw(',"cause":').number(one.cause);
  json.raw(',"text":').string(one.text).piece(CLOSE);
}

function dialog(json: JsonText, one: DialogRecord): void {
  json.piece(LOCAL_TAG);
  one.appendLocalTag(json);
  json.piece(REMOTE_TAG);
  one.appendRemoteTag(json);
  json.piece(DIALOG_STATE).raw(one.state).piece(DIALOG_FRAME).number(one.frame).piece(CLOSE);
}

function related(json: JsonText, one: RelatedCall): void {
  json.raw('{"relation":"').raw(one.relation).raw('","callId":').string(one.callId);
  json.raw(',"id":').number(one.id).raw(',"frame":').number(one.frame).piece(CLOSE);
}

function binding(json: JsonText, one: Binding): void {
  json.piece(BINDING_AOR).string(one.aor).piece(BINDING_CONTACT).string(one.contact);
  json.piece(BINDING_EXPIRES).number(one.expires).piece(BINDING_Q).number(one.q);
  json.piece(BINDING_PATH).list(one.path, text).piece(BINDING_UPDATED).timestamp(one.updated);
  json.piece(CLOSE);
}

function text(json: JsonText, one: string): void {
  json.string(one);
}

function diagnostic(json: JsonText, one: Diagnostic): void {
  json.raw('{"code":').string(one.code).raw(',"severity":"').raw(one.severity);
  json
    .raw('","message":')
    .string(one.message)
    .raw(',"frames":')
    .numbers(one.frames ?? NO_FRAMES);
  json.piece(CLOSE);
}

const SCRATCH = new JsonText();
const NO_FRAMES: readonly number[] = [];
const ID = new JsonPiece('{"v":1,"id":');
const KIND = new JsonPiece(',"kind":"');
const CALL_ID = new JsonPiece('","callId":');
const METHOD = new JsonPiece(',"method":');
const FROM = new JsonPiece(',"from":');
const TO = new JsonPiece(',"to":');
const TRANSPORT = new JsonPiece('","transport":"');
const START = new JsonPiece('","start":');
const END = new JsonPiece(',"end":');
const STATE = new JsonPiece(',"state":"');
const CAUSE = new JsonPiece('","cause":');
const NULL = new JsonPiece('null');
const CAUSE_BY = new JsonPiece('{"by":"');
const CAUSE_ENDPOINT = new JsonPiece('","endpoint":"');
const CAUSE_METHOD = new JsonPiece('","method":');
const CAUSE_STATUS = new JsonPiece(',"status":');
const CAUSE_REASON = new JsonPiece(',"reason":');
const CAUSE_FRAME = new JsonPiece(',"frame":');
const CAUSE_REASONS = new JsonPiece(',"reasons":');
const MESSAGES = new JsonPiece(',"messages":');
const RETRANSMISSIONS = new JsonPiece(',"retransmissions":');
const DUPLICATES = new JsonPiece(',"duplicates":');
const FRAMES = new JsonPiece(',"frames":');
/** In the order of SPANS. */
const SPAN_NAMES = [
  new JsonPiece(',"timings":{"sessionRequestDelay":'),
  new JsonPiece(',"ringTime":'),
  new JsonPiece(',"setupTime":'),
  new JsonPiece(',"sessionDuration":'),
  new JsonPiece(',"sessionDisconnectDelay":'),
  new JsonPiece(',"registrationRequestDelay":'),
  new JsonPiece(',"responseDelay":'),
];
const MEDIA = new JsonPiece('},"media":[');
const ROLES = new JsonPiece('],"roles":[');
const PARTIAL = new JsonPiece('],"partial":');
const ENDPOINTS = new JsonPiece(',"endpoints":["');
const DIALOGS = new JsonPiece('"],"dialogs":');
const LOCAL_TAG = new JsonPiece('{"localTag":');
const REMOTE_TAG = new JsonPiece(',"remoteTag":');
const DIALOG_STATE = new JsonPiece(',"state":"');
const DIALOG_FRAME = new JsonPiece('","frame":');
const RELATED = new JsonPiece(',"related":');
const BINDINGS = new JsonPiece(',"bindings":');
const BINDING_AOR = new JsonPiece('{"aor":');
const BINDING_CONTACT = new JsonPiece(',"contact":');
const BINDING_EXPIRES = new JsonPiece(',"expires":');
const BINDING_Q = new JsonPiece(',"q":');
const BINDING_PATH = new JsonPiece(',"path":');
const BINDING_UPDATED = new JsonPiece(',"updated":');
const EVENT = new JsonPiece(',"event":');
const CONVERSATION = new JsonPiece(',"conversation":');
const DIAGNOSTICS = new JsonPiece(',"diagnostics":');
const PLAIN_REST = new JsonPiece(
  ',"related":[],"bindings":[],"event":"","conversation":"","diagnostics":[]}',
);
const OPEN_LIST = new JsonPiece('[');
const COMMA = new JsonPiece(',');
const CLOSE_LIST = new JsonPiece(']');
const CLOSE = new JsonPiece('}');
