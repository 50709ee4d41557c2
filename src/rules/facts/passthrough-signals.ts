// What shows whether Record-Route passed through a box: four signals of a dialog-creating request and its response (rules.md §3,
// record-route/mode-inferred).
import type { NameAddr } from '../../sip/uri/name-addr.ts';
import { contactOf } from './contact.ts';
import type { CrossedRequest } from './crossed-request.ts';
import type { Side } from './crossing-side.ts';
import type { MessageFacts } from './message-facts.ts';
import { inOrder, missingFrom, sameContact, sameSet, sharedWith } from './route-set.ts';

/** null: cannot be told, nothing there to pass. */
export interface PassthroughSignals {
  /** The Record-Route set that came in went on. */
  readonly forwarded: boolean | null;
  /** The box put values of both its adjacencies in. */
  readonly bothAdjacencies: boolean | null;
  /** Contact went on as it came. */
  readonly contactKept: boolean | null;
  /** The whole set came back in the response. */
  readonly returned: boolean | null;
}

export function passthroughSignals(request: CrossedRequest, a: Side, b: Side): PassthroughSignals {
  const before = request.received.request!;
  const after = request.sent!.request!;
  const came = before.sip.recordRoutes;
  const went = after.sip.recordRoutes;
  const some = came.length > 0 && sharedWith(went, came).length > 0;
  const response = formingResponse(request);
  const back = response?.received.sip.recordRoutes ?? [];
  return {
    forwarded: came.length === 0 ? null : some,
    bothAdjacencies: bothNamed(went, came, a, b),
    contactKept: contactKept(before, after),
    returned:
      back.length === 0 ? null : sameSet(response!.sent.sip.recordRoutes, back) && inOrder(back, went),
  };
}

/** The response that formed the dialog on both sides: the 2xx, else a provisional one with To tag (RFC 3261 §12.1). */
export function formingResponse({
  responses,
}: CrossedRequest): { received: MessageFacts; sent: MessageFacts } | undefined {
  const forming = responses.filter(({ received, sent }) => {
    if (received === undefined || received.truncated || sent.truncated) return false;
    return sent.status > 100 && sent.status < 300 && sent.sip.toTag !== '';
  }) as { received: MessageFacts; sent: MessageFacts }[];
  return forming.find(({ sent }) => sent.status >= 200) ?? forming[0];
}

/** `RR forwarded, Contact rewritten`. */
export function signalsText(signals: PassthroughSignals): string {
  const parts: string[] = [];
  for (const [name, yes, no] of WORDS) {
    const value = signals[name];
    if (value !== null) parts.push(value ? yes : no);
  }
  return parts.join(', ');
}

/** How many speak for passthrough, of how many that can be told. */
export function countSignals(signals: PassthroughSignals): { yes: number; of: number } {
  const told = WORDS.map(([name]) => signals[name]).filter((value) => value !== null);
  return { yes: told.filter((value) => value).length, of: told.length };
}

function bothNamed(went: readonly NameAddr[], came: readonly NameAddr[], a: Side, b: Side): boolean | null {
  if (a.box.ip === b.box.ip && a.adjacency === b.adjacency) return null;
  if (a.adjacency !== undefined && b.adjacency !== undefined)
    return went.some(({ uri }) => a.names(uri)) && went.some(({ uri }) => b.names(uri));
  // Names that only a policy knows: two values of its own are one for each.
  const own = missingFrom(came, went).length;
  return own === 1 ? null : own > 1;
}

function contactKept(before: MessageFacts, after: MessageFacts): boolean | null {
  const came = contactOf(before);
  const went = contactOf(after);
  return came === undefined || went === undefined ? null : sameContact(came.uri, went.uri);
}

const WORDS: readonly (readonly [keyof PassthroughSignals, string, string])[] = [
  ['forwarded', 'RR forwarded', 'RR not forwarded'],
  ['bothAdjacencies', 'RR of both adjacencies', 'no RR of both adjacencies'],
  ['contactKept', 'Contact kept', 'Contact rewritten'],
  ['returned', 'whole RR set returned', 'whole RR set not returned'],
];
