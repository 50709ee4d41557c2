// The JSON text of a call record, written straight from the call: JSON.stringify(callRecord(call)), several times faster.
import { formatTimestamp } from '../capture/timestamp.ts';
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
import { jsonList, jsonNumber, jsonString } from './json-text.ts';

export function writeCallRecord(call: Call): string {
  const { timings } = call;
  return (
    `{"v":1,"id":${call.id},"kind":"${call.kind}","callId":${jsonString(call.callId)},"method":${jsonString(call.method)}` +
    `,"from":${jsonString(call.from)},"to":${jsonString(call.to)},"src":"${call.src.text}","dst":"${call.dst.text}"` +
    `,"transport":"${call.transports.join(',')}","start":"${formatTimestamp(call.start)}","end":"${formatTimestamp(call.end)}"` +
    `,"state":"${call.state}","cause":${call.cause === null ? 'null' : cause(call.cause)},"messages":${call.messages}` +
    `,"retransmissions":${call.retransmissions},"duplicates":${call.duplicates},"frames":[${call.frames.join(',')}]` +
    `,"timings":{"sessionRequestDelay":${jsonNumber(timings.sessionRequestDelay)},"ringTime":${jsonNumber(timings.ringTime)}` +
    `,"setupTime":${jsonNumber(timings.setupTime)},"sessionDuration":${jsonNumber(timings.sessionDuration)}` +
    `,"sessionDisconnectDelay":${jsonNumber(timings.sessionDisconnectDelay)}` +
    `,"registrationRequestDelay":${jsonNumber(timings.registrationRequestDelay)}` +
    `,"responseDelay":${jsonNumber(timings.responseDelay)}},"media":${jsonList(call.media, media)}` +
    `,"roles":${jsonList(call.roles, role)},"partial":${call.partial}` +
    `,"endpoints":${jsonList(call.endpoints, (endpoint) => `"${endpoint.text}"`)},"dialogs":${jsonList(call.dialogs, dialog)}` +
    `,"related":${jsonList(call.related, related)},"bindings":${jsonList(call.bindings, binding)}` +
    `,"event":${jsonString(call.event)},"conversation":${jsonString(conversationOf(call))}` +
    `,"diagnostics":${jsonList(call.diagnostics, (one) => {
      return `{"code":"${one.code}","severity":"${one.severity}","message":${jsonString(one.message)},"frames":[${(one.frames ?? []).join(',')}]}`;
    })}}`
  );
}

function cause(one: ReleaseCause): string {
  return (
    `{"by":"${one.by}","endpoint":"${one.endpoint}","method":${jsonString(one.method)},"status":${one.status}` +
    `,"reason":${jsonString(one.reason)},"frame":${one.frame},"reasons":${jsonList(one.reasons, reason)}}`
  );
}

function reason(one: ReasonValue): string {
  return `{"protocol":${jsonString(one.protocol)},"cause":${jsonNumber(one.cause)},"text":${jsonString(one.text)}}`;
}

function media(one: CallMedia): string {
  // Lines of one kind share their list of codecs, and with it everything but side, address and port.
  let text = MEDIA_TEXTS.get(one.codecs);
  if (text === undefined) {
    text = `"media":${jsonString(one.media)},"protocol":${jsonString(one.protocol)},"codecs":${jsonList(one.codecs, jsonString)}`;
    MEDIA_TEXTS.set(one.codecs, text);
  }
  return (
    `{"side":"${one.side}",${text},"address":${jsonString(one.address)},"port":${one.port}` +
    `,"direction":"${one.direction}","im":${one.im}}`
  );
}

function role(one: EndpointRole): string {
  return `{"endpoint":"${one.endpoint}","role":"${one.role}","evidence":"${one.evidence}"}`;
}

function dialog(one: Dialog): string {
  return (
    `{"localTag":${jsonString(one.localTag)},"remoteTag":${jsonString(one.remoteTag)}` +
    `,"state":"${one.state}","frame":${one.frame}}`
  );
}

function related(one: RelatedCall): string {
  return `{"relation":"${one.relation}","callId":${jsonString(one.callId)},"id":${one.id},"frame":${one.frame}}`;
}

function binding(one: Binding): string {
  return (
    `{"aor":${jsonString(one.aor)},"contact":${jsonString(one.contact)},"expires":${jsonNumber(one.expires)}` +
    `,"q":${jsonNumber(one.q)},"path":${jsonList(one.path, jsonString)},"updated":"${formatTimestamp(one.updated)}"}`
  );
}

const MEDIA_TEXTS = new WeakMap<readonly string[], string>();
