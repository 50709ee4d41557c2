// The pairs of one scenario, in their order → their outcomes, each judged by what holds for the call: passthrough, privacy, and how
// the box numbers its requests.
import type { Adjacencies } from '../policy/adjacency-lookup.ts';
import type { Policy } from '../policy/policy.ts';
import { im } from '../sdp/instant-message.ts';
import { parseSdp } from '../sdp/session.ts';
import type { SipMessage } from '../sip/message.ts';
import { modesOf } from './call-modes.ts';
import type { Difference } from './difference.ts';
import type { Sent } from './matching.ts';
import { type MessageOutcome, pairOutcome } from './message-outcome.ts';
import type { PredictedMessage } from './prediction.ts';
import type { RecordedMessage } from './recorded-message.ts';

export class PairJudge {
  private readonly policy: Policy;
  private readonly adjacencies: Adjacencies;
  /** What began the scenario; null where that did not reach the SBC. */
  private readonly first: RecordedMessage | null;
  /** As the first request is predicted to go on: registered subscribers are exempt from passthrough (rules.md §0). */
  private keepsContact: boolean | null = null;
  /** By predicted Call-ID and peer: what the recorded CSeq is ahead. */
  private readonly told = new Set<string>();
  private readonly offsets = new Map<string, number>();

  constructor(policy: Policy, adjacencies: Adjacencies, first: RecordedMessage | null) {
    this.policy = policy;
    this.adjacencies = adjacencies;
    this.first = first;
  }

  judge<Other extends Sent>(
    predicted: PredictedMessage,
    recorded: Other,
    named: string | null,
  ): MessageOutcome<Other> {
    const { message, cause } = predicted;
    const modes = this.modes(cause);
    if (cause !== null && cause === this.first && message.isRequest && contactOf(message) !== '')
      this.keepsContact = contactOf(message) === contactOf(cause.message);
    if (this.keepsContact === false) modes.passthrough = false;
    const context = { ...modes, message, came: cause?.message ?? null, im: hasInstantMessaging(message) };
    const setting = {
      ...{ predicted: message, recorded: recorded.message, cseqOffset: this.offset(predicted, recorded) },
      wasTold: (difference: Difference) => this.wasTold(difference),
      rewrites: modes.passthrough !== true && modes.hidden !== true,
      isRelay: (address: string) =>
        this.adjacencies.isLocalHost(address) ||
        this.policy.networks.media.some((range) => range.has(address)),
    };
    const outcome = pairOutcome(predicted, recorded, context, setting, named);
    for (const one of [message, recorded.message, cause?.message]) one?.forget();
    return outcome;
  }

  private wasTold({ name, predicted, recorded }: Difference): boolean {
    const key = JSON.stringify([name === 'Call-ID' ? name : 'party', predicted, recorded]);
    if (this.told.has(key)) return true;
    if (this.told.size < MOST_TOLD) this.told.add(key);
    return false;
  }

  private modes(cause: RecordedMessage | null): { passthrough: boolean | null; hidden: boolean | null } {
    if (this.first === null || cause === null) return { passthrough: null, hidden: null };
    return { ...modesOf(this.policy, this.first, cause) };
  }

  /** The first request of a dialog shows it; those that follow must keep it (RFC 3261 §12.2.1.1). */
  private offset({ message, flow }: PredictedMessage, recorded: Sent): number | null {
    if (!message.isRequest) return null;
    const key = `${message.callId} ${flow.remote.ip}`;
    const known = this.offsets.get(key);
    if (known !== undefined) return known;
    const offset = recorded.message.cseqNumber - message.cseqNumber;
    this.offsets.set(key, offset);
    return offset;
  }
}

function contactOf({ contacts }: SipMessage): string {
  return contacts === '*' ? '' : (contacts[0]?.uri.text ?? '');
}

function hasInstantMessaging(message: SipMessage): boolean {
  const body = message.sdpBody();
  return body !== undefined && im(parseSdp(message.data, body.start, body.end));
}

const MOST_TOLD = 10_000;
