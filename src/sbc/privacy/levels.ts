// What the sender of a message asks a privacy service for (RFC 3323 §4.2; RFC 3325 §9.3: id; RFC 7044 §10.1: history).
import { HEADER } from '../../sip/header/header-names.ts';
import { parsePrivacy } from '../../sip/header/privacy.ts';
import type { SipMessage } from '../../sip/message.ts';

export type PrivacyLevel = 'header' | 'session' | 'user' | 'id' | 'history';

export interface PrivacyAsked {
  /** Empty with `none`, whatever stands beside it. */
  readonly levels: ReadonlySet<PrivacyLevel>;
  /** §5: nothing is done for the sender, and the header is not touched. */
  readonly none: boolean;
  /** §5: a request for which not everything can be done fails. */
  readonly critical: boolean;
  /** Values of extensions that nobody here knows. */
  readonly unknown: readonly string[];
}

export function privacyLevels(message: SipMessage): PrivacyAsked {
  if (message.find(HEADER.Privacy) < 0) return NOTHING_ASKED;
  const values = new Set(message.values(HEADER.Privacy).flatMap(parsePrivacy));
  if (values.has('none')) return { ...NOTHING_ASKED, none: true };
  const known = LEVELS.filter((level) => values.has(level));
  const unknown = [...values].filter((value) => value !== 'critical' && !known.some((one) => one === value));
  return { levels: new Set(known), none: false, critical: values.has('critical'), unknown };
}

/** Those of the names that are levels. */
export function levelsNamed(names: readonly string[]): ReadonlySet<PrivacyLevel> {
  return new Set(LEVELS.filter((level) => names.includes(level)));
}

/** Whether passthrough of Contact and Record-Route would undo what is asked for (rules.md §0, priv). */
export function asksToHide({ levels }: PrivacyAsked): boolean {
  return levels.has('header') || levels.has('session') || levels.has('user');
}

/** Whether session descriptions are to be hidden for it: user is about the names in them (rules.md §14). */
export function asksToHideSession({ levels }: PrivacyAsked): boolean {
  return levels.has('session') || levels.has('user');
}

export const NOTHING_ASKED: PrivacyAsked = { levels: new Set(), none: false, critical: false, unknown: [] };
const LEVELS: readonly PrivacyLevel[] = ['header', 'session', 'user', 'id', 'history'];
