// Privacy and the trust domain put into what goes on (RFC 3323 §5, RFC 3325 §5–7; rules.md §14): headers by the table,
// other bodies, names of inner hosts wherever else they stand, and the Privacy header itself. Session descriptions are
// hidden by sdp/, before or after.
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import { METHOD } from '../../sip/method.ts';
import type { Draft } from '../message/draft.ts';
import { atMostOneOfEach } from './asserted-identity.ts';
import { hideBodies } from './bodies.ts';
import { InnerHosts } from './inner-hosts.ts';
import { people } from './people.ts';
import { takeOut } from './privacy-header.ts';
import { causesOf, type PrivacySituation } from './situation.ts';
import { LINKING_NAMES, NOT_MASKED, PRIVACY_ROWS, type PrivacyRow, TRUSTED_SOURCE_ONLY } from './table.ts';
import { type EditContext, isCallers } from './value-edits.ts';

export interface PrivacyDone {
  /** Values of Privacy that could not be carried out. */
  readonly unmet: readonly string[];
  /** RFC 3323 §5: one of them is critical; the request is to be answered 500, with `privacyFailure` for its reason. */
  readonly mustFail: boolean;
}

export function applyPrivacy(draft: Draft, situation: PrivacySituation): PrivacyDone {
  const { message } = draft;
  // RFC 6443 §16, RFC 6881 §9.2: privacy is waived where help is called for.
  if (situation.emergency) {
    draft.remove(HEADER['P-Preferred-Identity']);
    return NOTHING_UNMET;
  }
  if (!situation.trustedSource) for (const [header] of TRUSTED_SOURCE_ONLY) draft.remove(HEADER[header]);
  atMostOneOfEach(draft);
  const causes = causesOf(situation);
  const inner = new InnerHosts(message, situation);
  const context: EditContext = { isRequest: message.isRequest, situation, causes, inner };
  editByTable(draft, context);
  // What the edge of the trust domain takes is all there is to do for most messages.
  if (causes.size === 1) return unmetOf(situation, false, message.isRequest);
  if (MASKING.some((cause) => causes.has(cause))) maskHosts(draft, context);
  const tells = message.bodyStart === message.bodyEnd ? false : hideBodies(draft, context);
  const done = unmetOf(situation, tells, message.isRequest);
  const { levels } = situation.asked;
  takeOut(draft, new Set([...levels].filter((level) => isDone(level, done, situation))));
  return done;
}

/** The reason phrase of the 500 (RFC 3323 §5: what failed, and which values). */
export function privacyFailure({ unmet }: PrivacyDone): string {
  return `Privacy Not Possible: ${unmet.join(', ')}`;
}

function editByTable(draft: Draft, context: EditContext): void {
  const { isRequest, methodId } = draft.message;
  const isRegister = isRequest && methodId === METHOD.REGISTER;
  for (const id of draft.ids()) {
    for (const row of PRIVACY_ROWS[id]) {
      // RFC 3261 §10.2: From and Contact are what a REGISTER is about.
      // §8.2.6.2: From of a response is that of its request.
      if (!isRequest && id === HEADER.From) continue;
      if (isRegister && (id === HEADER.From || id === HEADER.Contact)) continue;
      if (isMarked(row, context)) editValues(draft, id, row, context);
    }
  }
}

function isMarked({ on }: PrivacyRow, { causes, situation }: EditContext): boolean {
  for (const cause of causes) {
    const mark = on[cause];
    if (mark === 'all' || (mark === 'untrusted' && !situation.trustedNextHop)) return true;
  }
  return false;
}

function editValues(draft: Draft, id: HeaderId, { edit }: PrivacyRow, context: EditContext): void {
  const values = draft.values(id);
  const edited: string[] = [];
  for (const value of values) {
    const other = edit(value, context);
    if (other !== null) edited.push(other);
  }
  if (edited.length !== values.length || edited.some((value, index) => value !== values[index]))
    draft.replaceValues(id, edited);
}

/** Every other line: inner hosts become the SBC's. A line of no RFC that names a hidden person goes. */
function maskHosts(draft: Draft, context: EditContext): void {
  const { situation, causes, inner } = context;
  const hidesPerson = causes.has('user') || causes.has('hidden');
  if (hidesPerson || causes.has('header')) for (const name of LINKING_NAMES) draft.removeNamed(name);
  const named = hidesPerson ? people(draft.message, situation.party) : null;
  draft.editLines((id, value) => {
    if (NOT_MASKED.has(id) || (id === HEADER.From && !isCallers(context))) return value;
    if (id === 0 && named?.test(value)) return null;
    return inner.mask(value);
  });
}

function unmetOf(
  { asked, sessionHidden }: PrivacySituation,
  tells: boolean,
  isRequest: boolean,
): PrivacyDone {
  const unmet: string[] = [...asked.unknown];
  if (asked.levels.has('session') && !sessionHidden) unmet.push('session');
  if (asked.levels.has('user') && tells) unmet.push('user');
  if (unmet.length === 0) return NOTHING_UNMET;
  // §4.2: critical has no meaning in a response.
  return { unmet, mustFail: isRequest && asked.critical };
}

/** RFC 3325 §7: id is carried out where the message leaves the trust domain. */
function isDone(level: string, { unmet }: PrivacyDone, { trustedNextHop }: PrivacySituation): boolean {
  return level === 'id' ? !trustedNextHop : !unmet.includes(level);
}

const NOTHING_UNMET: PrivacyDone = { unmet: [], mustFail: false };
const MASKING = ['header', 'user', 'hidden', 'topology'] as const;
