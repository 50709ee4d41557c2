// What the core asks for → the branch, tag, Call-ID or Contact user that the real box chose, read from what it sent for the
// same cause (DESIGN.md §2); where nothing was recorded, made-up ones that say so and are the same in every run.
import type { AskedIdentifier, IdentifierSource } from '../sbc/identifier-source.ts';
import type { SipMessage } from '../sip/message.ts';
import { METHOD } from '../sip/method.ts';
import type { RecordedMessage } from './recorded-message.ts';

/** Of a request that the recording has no branch for. */
export const MADE_UP_BRANCH = 'z9hG4bK-predicted-';

export class RecordedIdentifiers implements IdentifierSource {
  /** How many were made up. */
  madeUp = 0;
  private readonly recordedOf: (message: SipMessage) => RecordedMessage | undefined;
  /** What was given, by cause, kind and adjacency. */
  private readonly given = new Map<string, number>();
  private readonly branches = new Set<RecordedMessage>();

  /** `recordedOf`: the recorded message that the core was handed as this one. */
  constructor(recordedOf: (message: SipMessage) => RecordedMessage | undefined) {
    this.recordedOf = recordedOf;
  }

  next(asked: AskedIdentifier): string {
    const { kind, adjacency } = asked;
    const cause = asked.cause === null ? undefined : this.recordedOf(asked.cause);
    const key = `${cause?.index ?? '-'} ${kind} ${adjacency}`;
    const turn = this.given.get(key) ?? 0;
    this.given.set(key, turn + 1);
    return this.recorded(kind, cause, adjacency, turn) ?? this.makeUp(kind, cause, adjacency, turn);
  }

  private recorded(
    kind: AskedIdentifier['kind'],
    cause: RecordedMessage | undefined,
    adjacency: string,
    turn: number,
  ): string | undefined {
    if (cause === undefined) return undefined;
    // What no adjacency is named for goes back where its cause came from.
    const there = adjacency === '' ? cause.adjacency.name : adjacency;
    const sent = sentFor(cause).filter((one) => one.adjacency.name === there);
    if (kind === 'branch') return this.branch(sent);
    const values = sent.flatMap(({ message }) => {
      if (kind === 'tag') return message.isRequest ? message.fromTag : message.toTag;
      if (kind === 'call-id') return message.callId;
      return contactUser(message);
    });
    // A Contact may do without a user part; the others cannot be empty.
    const told = [...new Set(values)].filter((value) => value !== '' || kind === 'contact-user');
    return told[Math.min(turn, told.length - 1)];
  }

  /** Every request has one of its own (RFC 3261 §8.1.1.7) but a CANCEL, and an ACK for a failure. */
  private branch(sent: readonly RecordedMessage[]): string | undefined {
    const next = sent.find(({ message }) => hasOwnBranch(message));
    const fresh = sent.find((one) => hasOwnBranch(one.message) && !this.branches.has(one));
    if (next === undefined || fresh === undefined || fresh.message.branch === '') return undefined;
    this.branches.add(fresh);
    return fresh.message.branch;
  }

  private makeUp(
    kind: AskedIdentifier['kind'],
    cause: RecordedMessage | undefined,
    adjacency: string,
    turn: number,
  ): string {
    this.madeUp++;
    const number =
      cause === undefined
        ? `own-${adjacency.replace(/[^\w]/g, '-')}-${turn}`
        : `${cause.message.frame}-${turn}`;
    if (kind === 'branch') return `${MADE_UP_BRANCH}${number}`;
    return kind === 'call-id' ? `predicted-${number}@sbc.invalid` : `predicted-${number}`;
  }
}

/**
 * What the box sent because of a message, and what it answered it; of a response also what it sent for the request's sake: a next
 * try, say.
 */
function sentFor(cause: RecordedMessage): readonly RecordedMessage[] {
  const root = cause.request?.cause ?? null;
  const own = [...cause.effects, ...cause.responses];
  return root === null ? own : [...own, ...root.effects, ...root.responses];
}

function hasOwnBranch({ isRequest, methodId }: SipMessage): boolean {
  return isRequest && methodId !== METHOD.CANCEL;
}

function contactUser({ contacts }: SipMessage): string | [] {
  if (contacts === '*' || contacts.length === 0) return [];
  return contacts[0]!.uri.user ?? '';
}
