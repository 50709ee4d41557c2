// How the box named a dialog towards a peer, and how the prediction names it: Call-ID, the box's tag, its Contact, its
// Record-Route. Requests of the peer within the dialog carry them (RFC 3261 §12.2.1.1).
import { Draft } from '../sbc/message/draft.ts';
import { withTag } from '../sbc/message/tag.ts';
import { HEADER } from '../sip/header/header-names.ts';
import type { SipMessage } from '../sip/message.ts';
import type { PredictedMessage } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';
import { made } from './rewritten.ts';
import { isInitial } from './transaction-key.ts';

export class DialogNames {
  /** By adjacency and recorded Call-ID. */
  private readonly dialogs = new Map<string, Names>();

  learn(recorded: RecordedMessage, predicted: PredictedMessage): void {
    const [before, after] = [recorded.message, predicted.message];
    const key = keyOf(recorded);
    const names = this.dialogs.get(key);
    if (names === undefined && sameNames(before, after)) return;
    const { tags, contacts } = names ?? NO_NAMES();
    const [tag, other] = before.isRequest ? [before.fromTag, after.fromTag] : [before.toTag, after.toTag];
    if (tag !== '') tags.set(tag, other);
    const [contact, instead] = [contactOf(before), contactOf(after)];
    if (contact !== '' && instead !== '') contacts.set(contact, instead);
    // RFC 3261 §12.1.1, §12.1.2: who was called has the set as it stands, who called has it the other way round.
    const setsRoutes = isInitial(before) || (!before.isRequest && before.status > 100);
    const routes = setsRoutes ? arriving(after, recorded) : (names?.routes ?? null);
    const gone = setsRoutes ? routeSet(before) : (names?.gone ?? []);
    this.dialogs.set(key, { callId: after.callId, tags, contacts, routes, gone });
  }

  /** The request as it would have come. */
  requestFor(one: RecordedMessage): SipMessage {
    const { message } = one;
    const names = this.dialogs.get(keyOf(one));
    if (names === undefined) return message;
    const draft = new Draft(message);
    draft.set(HEADER['Call-ID'], names.callId);
    const tag = names.tags.get(message.toTag);
    const to = message.value(HEADER.To);
    if (tag !== undefined && to !== undefined) draft.set(HEADER.To, withTag(to, tag));
    const target = names.contacts.get(message.requestUri);
    if (target !== undefined) draft.startLine = `${message.method} ${target} ${message.version}`;
    if (names.routes !== null) {
      const other = message.values(HEADER.Route).filter((value) => !names.gone.includes(value));
      draft.replaceValues(HEADER.Route, [...names.routes, ...other]);
    }
    return made(draft, message);
  }
}

interface Names {
  readonly callId: string;
  /** Of the box: as recorded, and as predicted. */
  readonly tags: Map<string, string>;
  /** URIs likewise. */
  readonly contacts: Map<string, string>;
  /** What peers put into Route; null where nothing told. */
  readonly routes: readonly string[] | null;
  readonly gone: readonly string[];
}

function sameNames(before: SipMessage, after: SipMessage): boolean {
  return (
    before.callId === after.callId &&
    (before.isRequest ? before.fromTag === after.fromTag : before.toTag === after.toTag) &&
    contactOf(before) === contactOf(after) &&
    routeSet(before).join() === routeSet(after).join()
  );
}

function routeSet(message: SipMessage): readonly string[] {
  const values = message.values(HEADER['Record-Route']);
  return message.isRequest ? values : values.reverse();
}

/** Without the proxies between peer and box, which take their own values away (RFC 3261 §16.4). */
function arriving(message: SipMessage, { request }: RecordedMessage): readonly string[] {
  const theirs = request?.message.values(HEADER['Record-Route']) ?? [];
  return routeSet(message).filter((value) => !theirs.includes(value));
}

function contactOf({ contacts }: SipMessage): string {
  return contacts === '*' ? '' : (contacts[0]?.uri.text ?? '');
}

function keyOf({ adjacency, message }: RecordedMessage): string {
  return `${adjacency.name} ${message.callId}`;
}

const NO_NAMES = (): Pick<Names, 'tags' | 'contacts'> => ({ tags: new Map(), contacts: new Map() });
