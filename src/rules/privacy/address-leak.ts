// RFC 3323 §4.1, §5.1; Cisco IM, Privacy; RFC 5853 §3.1: nothing that leaves for the far side names the side that is to be hidden,
// in whatever header, line or body it stands and however it is spelled. Severities by rules.md §14.
import type { Severity } from '../../capture/diagnostic.ts';
import { normalHost } from '../../policy/address-range.ts';
import { imUri } from '../../sdp/instant-message.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import { parseUri } from '../../sip/uri/uri.ts';
import type { Crossing } from '../facts/crossing.ts';
import { type LeakPlace, leakPlaces } from '../facts/leak-place.ts';
import { LeakSearch } from '../facts/leak-search.ts';
import { type LeakLevel, leakSeverity } from '../facts/leak-table.ts';
import { type LeakToken, leakTokens } from '../facts/leak-token.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { trustsPeer } from '../facts/trust.ts';
import { graded, type Verdict } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/address-leak',
    severity: 'error',
    scope: 'message',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'Where a side is to be hidden, nothing that leaves for the other names its addresses, its hosts or who uses it.',
    why: 'One header that was overlooked tells where the caller is, or who it is, although everything else is made anonymous.',
    exceptions: [
      'What is the controller’s own, what the other side says itself, and the domains of Request-URI, To and From.',
      'Privacy: none, without a policy that hides.',
      'Who a 3xx says is to be called instead.',
      'From and To of a REGISTER, which say whose registration it is.',
      'Headers of the trust domain to a peer inside it, or where the policy does not say who is.',
      'What users write: text/plain and text/html.',
      'Hexadecimal, decimal, reversed and base64 spellings are told as info.',
      'c=, o= and m= of IM, and Record-Route: they have rules of their own.',
      'Where media of voice and video is, if the policy says that it goes directly (decisions, media-path).',
    ],
    fix: 'Have the controller strip or replace the header or line where the side is private: Via, Contact, Call-ID, and whatever else is named.',
    sources: [
      { document: 'RFC 3323', section: '4.1', says: 'what tells who and where a user is' },
      { document: 'RFC 3323', section: '5.1', says: 'what a privacy service takes out of headers' },
      { document: 'Cisco IM', section: 'Privacy for SIP Instant Messaging' },
      { document: 'RFC 5853', section: '3.1', says: 'what topology hiding is' },
    ],
    messages: {
      leak: '{kind} {value} of the {who} is told in {place}',
      encoded: '{kind} {value} of the {who} is told in {place}, spelled {form}',
    },
  },
  create: ({ report, policy, notChecked }) => ({
    crossing(crossing) {
      if (!crossing.judged || crossing.far === null) return;
      const isDirect = policy.decisions.mediaPath === 'direct';
      for (const fromCaller of [true, false]) {
        const asked = levelsOf(crossing, fromCaller);
        if (asked.levels.size === 0) continue;
        const tokens = leakTokens(crossing, fromCaller, asked.people);
        if (tokens.length === 0) continue;
        const search = new LeakSearch(tokens);
        const out = crossing.out(fromCaller)!;
        const trusted = trustsPeer(policy, out);
        const who = fromCaller ? 'caller' : 'callee';
        // privacy/im-mline-not-anonymised tells these, wherever in the description they stand.
        const urls = privacyKnown(crossing, fromCaller) ? imUrlParts(crossing, fromCaller) : NONE;
        for (const message of out.leg.messages) {
          if (message.repeated || out.received(message)) continue;
          if (message.truncated) notChecked('a message is cut short');
          for (const place of leakPlaces(message)) {
            if (toldElsewhere(place, asked, message) || namesWhoRegisters(place, message)) continue;
            if (isDirect && saysWhereMediaIs(place, message)) continue;
            for (const { token, form } of search.find(place.text)) {
              if (place.sdp !== '' && urls.has(token.text) && message.sdp?.kind() === 'im') continue;
              const severity = severityOf(place, message, token, form, asked, trusted);
              if (severity === null) continue;
              const plain = isPlain(form);
              report({
                message: plain ? 'leak' : 'encoded',
                data: {
                  kind: token.kind,
                  value: token.text,
                  who,
                  place: place.name,
                  ...(plain ? {} : { form }),
                },
                at: [message, token.message],
                evidence: [place.evidence()],
                crossing,
                ...graded(severity, asked.verdict, crossing.controller),
              });
            }
          }
        }
      }
    },
  }),
});

interface Asked {
  readonly levels: ReadonlySet<LeakLevel>;
  /** Those that hide who it is: topology hiding is about addresses. */
  readonly ofPeople: ReadonlySet<LeakLevel>;
  readonly critical: boolean;
  /** Users are to be hidden as well, not the topology alone. */
  readonly people: boolean;
  readonly verdict: Verdict;
}

/** RFC 3261 §10.2: nobody is registered without being named. */
function namesWhoRegisters({ header }: LeakPlace, { methodId }: MessageFacts): boolean {
  return methodId === METHOD.REGISTER && (header === HEADER.From || header === HEADER.To);
}

function levelsOf(crossing: Crossing, fromCaller: boolean): Asked {
  const levels = new Set<LeakLevel>();
  const privacy = crossing.privacy(fromCaller);
  const { hiding } = crossing;
  if (privacy.holds || hiding.holds) levels.add('configured');
  const values = crossing.asked(fromCaller);
  for (const level of ['header', 'session', 'user', 'id', 'history'] as const) {
    if (values.has(level)) levels.add(level);
  }
  const verdict = privacy.holds
    ? privacy
    : hiding.holds
      ? hiding
      : { ...privacy, known: true, confidence: 1 };
  return {
    levels,
    ofPeople: privacy.holds ? levels : without(levels, 'configured'),
    critical: values.has('critical'),
    people: privacy.holds || values.has('user') || values.has('id'),
    verdict,
  };
}

/**
 * privacy/im-*: c=, o= and m= of a private IM description; rr-not-stripped, rr-crossed-when-off: Record-Route;
 * requested-not-applied: what Privacy asks for in the usual places.
 */
function toldElsewhere(place: LeakPlace, { levels }: Asked, message: MessageFacts): boolean {
  const configured = levels.has('configured');
  if (levels.has('session') && place.name === 'a=candidate') return true;
  if (place.header === HEADER['Record-Route']) return true;
  if (place.sdp === 'c' || place.sdp === 'o' || place.sdp === 'm') {
    if (configured && message.sdp?.kind() === 'im') return true;
    return !configured && levels.has('session') && place.sdp !== 'm';
  }
  if (configured) return false;
  if (levels.has('header') && (place.header === HEADER.Via || place.header === HEADER.Contact)) return true;
  if (levels.has('id') && place.header === HEADER['P-Asserted-Identity']) return true;
  return levels.has('user') && ASKED_OF_USER.has(place.header);
}

/** Instant messages have no media: what their descriptions say is needed by nobody. */
function saysWhereMediaIs({ sdp, name }: LeakPlace, message: MessageFacts): boolean {
  return (sdp === 'c' || sdp === 'm' || MEDIA_ATTRIBUTES.has(name)) && message.sdp?.kind() !== 'im';
}

function severityOf(
  place: LeakPlace,
  message: MessageFacts,
  { kind }: LeakToken,
  form: string,
  asked: Asked,
  trusted: boolean | null,
): Severity | null {
  // rules.md §14: user privacy is of names in a description, not of its addresses.
  const people = kind !== 'address' && kind !== 'host';
  // RFC 3261 §21.3: who is to be called instead has to be told.
  if (people && place.header === HEADER.Contact && message.status >= 300 && message.status < 400) return null;
  const ofAddresses = place.sdp === '' ? asked.levels : without(asked.levels, 'user');
  const levels = people ? asked.ofPeople : ofAddresses;
  const media = place.sdp === 'c' || place.name === 'a=candidate';
  const severity = leakSeverity(place.row, levels, asked.critical, trusted, media);
  return severity === null || isPlain(form) ? severity : 'info';
}

function without(levels: ReadonlySet<LeakLevel>, left: LeakLevel): ReadonlySet<LeakLevel> {
  return levels.has(left) ? new Set([...levels].filter((level) => level !== left)) : levels;
}

function privacyKnown(crossing: Crossing, fromCaller: boolean): boolean {
  const privacy = crossing.privacy(fromCaller);
  return privacy.known && privacy.holds;
}

/** User and host of each URL in an m=message line that came. */
function imUrlParts({ descriptions }: Crossing, fromCaller: boolean): ReadonlySet<string> {
  const parts = new Set<string>();
  for (const crossed of descriptions) {
    if (crossed.fromCaller !== fromCaller) continue;
    for (const media of crossed.received.messageLines) {
      const url = imUri(media);
      if (url === undefined) continue;
      const { host, userText } = parseUri(url);
      parts.add(normalHost(host));
      parts.add(userText.toLowerCase());
    }
  }
  return parts;
}

function isPlain(form: string): boolean {
  return form === 'plain' || form === 'percent' || form === 'dashed';
}

const NONE: ReadonlySet<string> = new Set();
/** RFC 8839 §5.1, §5.2; RFC 3605. */
const MEDIA_ATTRIBUTES: ReadonlySet<string> = new Set(['a=candidate', 'a=remote-candidates', 'a=rtcp']);
const ASKED_OF_USER: ReadonlySet<number> = new Set([
  HEADER.From,
  HEADER.Subject,
  HEADER['Call-Info'],
  HEADER.Organization,
  HEADER['User-Agent'],
  HEADER['Reply-To'],
  HEADER['In-Reply-To'],
]);
