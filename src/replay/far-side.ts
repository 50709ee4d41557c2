// A capture that shows one side of the SBC, or a call without one: what was sent there to the caller, as it would have reached the
// SBC from its other side, so that the prediction goes on. The far end's answers are taken for those of the side that is not seen.
import type { Adjacency } from '../policy/policy.ts';
import type { Flow } from '../sbc/flow.ts';
import { Draft } from '../sbc/message/draft.ts';
import { withTag } from '../sbc/message/tag.ts';
import { withUri } from '../sbc/message/uri.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import { endpoint } from './endpoint.ts';
import type { PredictedMessage } from './prediction.ts';
import { RecordedMessage } from './recorded-message.ts';
import type { Recording } from './recording.ts';
import { answerTo, made } from './rewritten.ts';
import { somewhereOn } from './somewhere.ts';
import { isInitial } from './transaction-key.ts';

export class FarSide {
  private readonly recording: Recording;
  private readonly captured: ReadonlySet<string>;
  /** Requests that the core sent to a side that is not captured, by what made it send them. */
  private readonly asked = new Map<RecordedMessage, PredictedMessage>();
  /** Requests that began something there, by branch. */
  private readonly begun = new Map<string, RecordedMessage>();
  /** Dialogs there, by Call-ID and the tag of the near end that the capture shows. */
  private readonly dialogs = new Map<string, PredictedMessage>();

  constructor(recording: Recording) {
    this.recording = recording;
    this.captured = new Set(recording.messages.map(({ adjacency }) => adjacency.name));
  }

  sent(predicted: PredictedMessage): void {
    const { message, cause, adjacency } = predicted;
    if (cause === null || !message.isRequest || this.captured.has(adjacency)) return;
    if (!this.asked.has(cause)) this.asked.set(cause, predicted);
    if (isInitial(message)) this.dialogs.set(`${cause.message.callId} ${cause.message.fromTag}`, predicted);
  }

  /** What would reach the SBC, for what was recorded as sent to the side that is seen; null where nothing tells. */
  reflected(one: RecordedMessage): RecordedMessage | null {
    if (one.way !== 'out' || one.repeats !== null) return null;
    return one.message.isRequest ? this.request(one) : this.response(one);
  }

  private response(one: RecordedMessage): RecordedMessage | null {
    const { message, request, cause } = one;
    if (request === null || cause !== request || message.status === 100) return null;
    const asked = this.asked.get(request);
    if (asked === undefined) return null;
    const answer = elsewhere(answerTo(asked.message, request.message, message), one, asked.flow);
    return reached(one, answer, asked.flow, asked.adjacency, this.recording, asked);
  }

  private request(one: RecordedMessage): RecordedMessage | null {
    const { message, cause } = one;
    if (cause !== null) return null;
    if (message.methodId === METHOD.CANCEL) {
      const invite = this.begun.get(message.branch);
      return invite === undefined
        ? null
        : reached(one, message, invite.flow, invite.adjacency.name, this.recording, null);
    }
    if (isInitial(message)) {
      const side = this.onlyOther(one);
      if (side === null) return null;
      const own = reached(
        one,
        elsewhere(message, one, side.flow),
        side.flow,
        side.adjacency.name,
        this.recording,
        null,
      );
      if (own !== null) this.begun.set(message.branch, own);
      return own;
    }
    const begun = this.dialogs.get(`${message.callId} ${message.toTag}`);
    if (begun === undefined) return null;
    const draft = new Draft(message);
    draft.set(HEADER['Call-ID'], begun.message.callId);
    const to = message.value(HEADER.To);
    if (to !== undefined) draft.set(HEADER.To, withTag(to, begun.message.fromTag));
    const { contacts } = begun.message;
    const target = contacts === '*' ? undefined : contacts[0]?.uri.text;
    if (target !== undefined) draft.startLine = `${message.method} ${target} ${message.version}`;
    draft.replaceValues(HEADER.Route, begun.message.values(HEADER['Record-Route']));
    const moved = elsewhere(made(draft, message), one, begun.flow);
    return reached(one, moved, begun.flow, begun.adjacency, this.recording, null);
  }

  /** The one adjacency that is not captured: there a request that the capture shows must have come in. */
  private onlyOther({ adjacency: near }: RecordedMessage): { flow: Flow; adjacency: Adjacency } | null {
    const others = this.recording.policy.adjacencies.filter(({ name }) => !this.captured.has(name));
    const [adjacency] = others;
    const [local] = adjacency?.local ?? [];
    if (others.length !== 1 || adjacency === undefined || local === undefined || near === adjacency)
      return null;
    const flow = {
      ...{ transport: local.transport ?? 'udp', connection: 0 },
      ...{ local: endpoint(local.host, local.port), remote: endpoint(somewhereOn(adjacency), 5060) },
    } as const;
    return { flow, adjacency };
  }
}

/** With a Contact at the far end of that flow, where it names the address that is the SBC's now. */
function elsewhere(message: SipMessage, { flow: near }: RecordedMessage, far: Flow): SipMessage {
  const { contacts } = message;
  if (contacts === '*' || contacts.every(({ uri }) => uri.host !== near.local.ip)) return message;
  const draft = new Draft(message);
  const values = message.values(HEADER.Contact).map((value, index) => {
    const { uri } = contacts[index]!;
    if (uri.host !== near.local.ip) return value;
    return withUri(value, uri.text.replace(uri.hostPort, far.remote.text));
  });
  return made(draft.replaceValues(HEADER.Contact, values), message);
}

/** `asked`: the request that it answers. */
function reached(
  one: RecordedMessage,
  message: RecordedMessage['message'],
  flow: Flow,
  adjacencyName: string,
  { adjacencies }: Recording,
  asked: PredictedMessage | null,
): RecordedMessage | null {
  const adjacency = adjacencies.named(adjacencyName);
  if (adjacency === undefined) return null;
  const fields = { call: one.call, at: one.at, adjacency, flow, repeats: null };
  const own = new RecordedMessage({ ...fields, index: -1 - 2 * one.index, message, way: 'in' });
  own.effects.push(one);
  if (asked !== null) {
    own.request = new RecordedMessage({
      ...fields,
      ...{ index: -2 - 2 * one.index, message: asked.message, way: 'out' },
    });
    own.request.cause = asked.cause;
  }
  return own;
}
