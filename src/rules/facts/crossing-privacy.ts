// Whether caller or callee of a crossing is to be hidden: by the CAC entry of the policy, else as the traffic shows
// (rules.md §0, priv; Cisco IM, Privacy for SIP Instant Messaging).
import { privacyFor } from '../../policy/cac-privacy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { parsePrivacy } from '../../sip/header/privacy.ts';
import type { Crossing } from './crossing.ts';
import type { MessageFacts } from './message-facts.ts';
import { shownPrivacy } from './shown-privacy.ts';
import { inferred, known, type Verdict } from './verdict.ts';

export interface CrossingPrivacy {
  readonly caller: Verdict;
  readonly callee: Verdict;
}

export function crossingPrivacy(crossing: Crossing): CrossingPrivacy {
  const { near, far, world } = crossing;
  const first = crossing.initial?.received.request?.sip;
  const configured =
    near.adjacency === undefined
      ? { caller: null, callee: null }
      : privacyFor(
          world.policy,
          near.adjacency,
          far?.adjacency ?? null,
          first?.from?.uri.address ?? '',
          first?.to?.uri.address ?? '',
        );
  return {
    caller: decide(crossing, configured.caller, true),
    callee: decide(crossing, configured.callee, false),
  };
}

/** The values of Privacy that ask for something: `none` asks for nothing (RFC 3323 §4.2). */
export function privacyAsked(message: MessageFacts | undefined): ReadonlySet<string> {
  const row = message?.sip.value(HEADER.Privacy);
  if (row === undefined) return NOTHING;
  const values = message!.sip.values(HEADER.Privacy).flatMap(parsePrivacy);
  return values.includes('none') ? NOTHING : new Set(values);
}

/** Of these values, one that a privacy service hides Contact, Record-Route and session descriptions for (RFC 3323 §5.1, §5.2). */
export function asksToHide(asked: ReadonlySet<string>): boolean {
  return asked.has('header') || asked.has('session') || asked.has('user');
}

function decide(crossing: Crossing, configured: boolean | null, caller: boolean): Verdict {
  const who = caller ? 'caller' : 'callee';
  if (configured !== null) return known(configured, `policy: ${who} privacy ${configured ? 'on' : 'off'}`);
  const shown = shownPrivacy(crossing, caller);
  if (shown !== null)
    return inferred(shown.mode === 'on', 0.8, `IM SDP of the ${who}: privacy ${shown.mode}`);
  return inferred(false, 0.6, `nothing says that the ${who} is private`);
}

const NOTHING: ReadonlySet<string> = new Set();
