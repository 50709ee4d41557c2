// Cisco IM, SIP URLs in the SDP: a request inside the dialog to the SIP URL of an m= line. With passthrough it goes on as it is;
// without, it may fail to route.
import { imUri } from '../../sdp/instant-message.ts';
import { parseUri, type SipUri } from '../../sip/uri/uri.ts';
import { sameUri } from '../../sip/uri/uri-equality.ts';
import { type Evidence, sdpEvidence, startLineEvidence } from '../evidence.ts';
import { contactOf } from '../facts/contact.ts';
import type { Crossing } from '../facts/crossing.ts';
import type { Side } from '../facts/crossing-side.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/in-dialog-to-sdp-url',
    severity: 'warning',
    scope: 'dialog',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'A request inside the dialog to the SIP URL of an m= line needs passthrough, and then goes on with that URL.',
    why: 'The URL of the m= line is no address of the controller: without passthrough the message gets lost or is refused.',
    exceptions: [
      'The URL is the Contact of the far end.',
      'A MESSAGE outside a dialog.',
      'The URL is the anonymous one of the controller, and it answers itself.',
    ],
    fix: 'Enable Record-Route passthrough for these clients, or have them send to the remote target of the dialog.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SIP URLs in the SDP',
        says: 'without passthrough the request may fail to route; with it, it is forwarded without altering the Request-URI',
      },
      { document: 'RFC 3261', section: '12.2.1.1', says: 'requests inside a dialog go to the remote target' },
    ],
    messages: {
      altered: '{method} to the URL {uri} of an m= line went on to {went} although passthrough is on',
      'not-forwarded': '{method} to the URL {uri} of an m= line did not go on although passthrough is on',
      failed:
        '{method} to the URL {uri} of an m= line was answered {status}: without passthrough it does not route',
      'may-fail': '{method} to the URL {uri} of an m= line may fail to route without passthrough',
    },
  },
  create: ({ report }) => ({
    crossing(crossing) {
      const { passthrough } = crossing;
      if (!crossing.judged || passthrough === null) return;
      const told = new Map<boolean, Told>();
      for (const { received, sent, fromCaller } of crossing.requests) {
        const request = received.request!;
        if (received.initial || received.method === 'ACK' || received.method === 'CANCEL') continue;
        let known = told.get(fromCaller);
        if (known === undefined) {
          known = toldTo(crossing, fromCaller ? crossing.near : crossing.far!);
          told.set(fromCaller, known);
        }
        const target = urlOf(known, request);
        if (target === undefined) continue;
        const { uri, text, evidence, message } = target;
        const status = received.final?.status ?? 0;
        const common = {
          evidence: [startLineEvidence(sent?.request ?? request), evidence],
          crossing,
        };
        const data = { method: received.method, uri: text };
        const at = [request, message];
        const grade = graded('error', passthrough);
        if (passthrough.holds) {
          const went = sent?.request?.sip.uri;
          if (went === undefined) report({ message: 'not-forwarded', data, at, ...common, ...grade });
          else if (!sameUri(went, uri))
            report({
              message: 'altered',
              data: { ...data, went: went.text },
              at: [sent!.request!, ...at],
              ...common,
              ...grade,
            });
          continue;
        }
        if (FAILED.has(status))
          report({
            message: 'failed',
            data: { ...data, status },
            at: [request, received.final!, message],
            ...common,
          });
        else report({ message: 'may-fail', data, at, ...common });
      }
    },
  }),
});

interface Target {
  readonly uri: SipUri;
  readonly text: string;
  readonly evidence: Evidence;
  readonly message: MessageFacts;
}

/** What a side was told by the box, in order: the Contacts, each once, and the URLs in m= lines. */
interface Told {
  readonly contacts: readonly { readonly uri: SipUri; readonly place: number }[];
  readonly urls: readonly (Omit<Target, 'uri'> & { readonly url: SipUri })[];
}

function toldTo(crossing: Crossing, side: Side): Told {
  const contacts = new Map<string, Told['contacts'][number]>();
  const urls: Told['urls'][number][] = [];
  for (const message of side.leg.messages) {
    if (side.received(message)) continue;
    const uri = contactOf(message)?.uri;
    if (uri !== undefined && !contacts.has(uri.text)) contacts.set(uri.text, { uri, place: message.place });
    for (const media of message.sdp?.messageLines ?? []) {
      const text = imUri(media);
      if (text === undefined) continue;
      const url = parseUri(text);
      if (url.user === 'anonymous' && crossing.isLocal(url.host)) continue;
      urls.push({ url, text, evidence: sdpEvidence(message.sdp!, media.line), message });
    }
  }
  return { contacts: [...contacts.values()], urls };
}

/** The URL of the request, where an m= line that its sender got before has it, and no Contact. */
function urlOf({ contacts, urls }: Told, { place, sip: { uri } }: MessageFacts): Target | undefined {
  if (urls.length === 0) return undefined;
  if (contacts.some((one) => one.place < place && sameUri(one.uri, uri))) return undefined;
  const found = urls.findLast(({ url, message }) => message.place < place && sameUri(url, uri));
  return found && { ...found, uri };
}

/** What a request gets that nobody is the target of. */
const FAILED: ReadonlySet<number> = new Set([404, 408, 410, 416, 481, 482, 483, 502, 503, 504]);
