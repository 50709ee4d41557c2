// Differences between a prediction and a recording that mean nothing for the call, each with the reason: the one table of them.
import type { SipMessage } from '../sip/message.ts';
import type { Difference } from './difference.ts';
import { plainAddress, plainAnswerVia, plainParty, plainSpacing, plainVia } from './plain-value.ts';
import { MADE_UP_BRANCH } from './recorded-identifiers.ts';

/** Where the difference stands. */
export interface Setting {
  readonly predicted: SipMessage;
  readonly recorded: SipMessage;
  /** What the recorded dialog's CSeq numbers are ahead of the predicted ones, as its first request showed; null: not known. */
  readonly cseqOffset: number | null;
  /** Whether the same values were told of an earlier message of the call: From, To and Call-ID stay as it began. */
  readonly wasTold: (difference: Difference) => boolean;
  /** The policy neither passes through nor hides. */
  readonly rewrites: boolean;
  /** Whether an address is one from which the box relays media. */
  readonly isRelay: (address: string) => boolean;
}

/** Why the difference does not matter; null where it does. */
export function cosmeticReason(difference: Difference, setting: Setting): string | null {
  const entry = COSMETIC.find(({ part, names, holds }) => {
    if (part !== difference.part || (names !== undefined && !names.includes(difference.name))) return false;
    return holds === undefined || holds(difference, setting);
  });
  return entry?.reason ?? null;
}

export interface CosmeticEntry {
  readonly part: Difference['part'];
  readonly names?: readonly string[];
  readonly holds?: (difference: Difference, setting: Setting) => boolean;
  readonly reason: string;
}

/** Equal but for what `plain` takes away. */
function alike(plain: (value: string) => string) {
  return ({ predicted, recorded }: Difference): boolean =>
    predicted.length === recorded.length &&
    predicted.every((value, index) => plain(value) === plain(recorded[index]!));
}

function method(...methods: readonly string[]) {
  return (_: Difference, { predicted }: Setting): boolean => methods.includes(predicted.cseqMethod);
}

/** The box's own Via is the topmost of a request; a response gives back what came (RFC 3261 §8.2.6.2). */
function sameOwnVia(difference: Difference, { predicted }: Setting): boolean {
  return predicted.isRequest && alike(plainVia)(difference);
}

/** What the box did of its own accord tells of no branch until it is there. */
function madeUpBranch(difference: Difference, { predicted }: Setting): boolean {
  if (!predicted.isRequest || !predicted.branch.startsWith(MADE_UP_BRANCH)) return false;
  return alike((value) => plainVia(value).replace(/;branch=[^;]*/, ''))(difference);
}

function onlyReceived(difference: Difference, { predicted: { isRequest } }: Setting): boolean {
  if (isRequest || difference.predicted.some((value) => /;received=/i.test(value))) return false;
  return alike((value) => plainAnswerVia(value).replace(';received', ''))(difference);
}

function untagged(value: string): string {
  return plainParty(value).replace(/;tag=[^;]*/, '');
}

function sameOffset({ predicted, recorded }: Difference, { cseqOffset }: Setting): boolean {
  const [one, other] = [predicted, recorded].map(([value]) => Number.parseInt(value ?? '', 10));
  return cseqOffset !== null && other! - one! === cseqOffset;
}

/** RFC 3261 §10.2.1.1: the time of a binding may stand in Expires, or beside each Contact. */
function sameExpiry({ predicted, recorded }: Difference, { recorded: message }: Setting): boolean {
  const { contacts } = message;
  const [asked] = predicted;
  if (recorded.length > 0 || asked === undefined || contacts === '*') return false;
  return contacts.every(({ params }) => params.get('expires') === asked);
}

/** RFC 3261 §20.31, §20.20: who is meant is the user; of host and port a box may make its own. */
function onlyHost(difference: Difference, { rewrites }: Setting): boolean {
  return rewrites && alike((value) => value.replace(HOST_OF_URI, '$1'))(difference);
}

function relayed(_: Difference, { recorded, isRelay, rewrites }: Setting): boolean {
  const body = recorded.sdpBody();
  if (body === undefined || !rewrites) return false;
  const text = recorded.data.toString('latin1', body.start, body.end);
  if (/^m=(message|x-ms-message)\s/m.test(text)) return false;
  return [...text.matchAll(/^c=IN IP[46] (\S+)/gm)].some(([, address]) => isRelay(address!));
}

function relayedPort(difference: Difference, setting: Setting): boolean {
  return relayed(difference, setting) && alike((line) => line.replace(/^(m=\S+) \d+/, '$1'))(difference);
}

const HOST_OF_URI = /(sips?:(?:[^@>;]*@)?)[^;>?\s]+/i;
const ADDRESSES = [
  ...['From', 'To', 'Contact', 'Route', 'Record-Route', 'Path', 'Service-Route', 'Refer-To', 'Referred-By'],
  ...['P-Asserted-Identity', 'P-Preferred-Identity', 'Reply-To'],
];
const IN_EVERY_RESPONSE = ['Via', 'From', 'To', 'Call-ID', 'CSeq'];
const NO_TARGET = 'a Contact has no meaning there (RFC 3261 §20, table 2; §12.2: no target is refreshed)';
const UNORDERED = [
  ...['Allow', 'Supported', 'Require', 'Proxy-Require', 'Unsupported', 'Allow-Events'],
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'Privacy'],
];

/** The first that fits is taken. */
export const COSMETIC: readonly CosmeticEntry[] = [
  {
    part: 'start line',
    holds: (_, { predicted, recorded }) => !predicted.isRequest && predicted.status === recorded.status,
    reason: 'the reason phrase is for people (RFC 3261 §7.2)',
  },
  {
    part: 'start line',
    holds: alike(plainAddress),
    reason: 'the default port or transport of an IP address, spelled out or not (RFC 3261 §19.1.2)',
  },
  { part: 'spelling', reason: 'another spelling of the same name (RFC 3261 §7.3.1, §7.3.3)' },
  { part: 'header order', reason: 'the order of different headers has no meaning (RFC 3261 §7.3.1)' },
  {
    part: 'header',
    names: ['Content-Length'],
    reason: 'follows from the body, which is compared by itself',
  },
  { part: 'header', names: ['Server'], reason: 'names the product (RFC 3261 §20.35)' },
  { part: 'header', names: ['User-Agent'], reason: 'names the product (RFC 3261 §20.41)' },
  { part: 'header', names: ['Max-Forwards'], reason: 'a B2BUA may count on or begin anew (RFC 7092 §3)' },
  { part: 'header', names: ['Date'], reason: 'the clock of the box (RFC 3261 §20.17)' },
  { part: 'header', names: ['Timestamp'], reason: 'the clock of the box (RFC 3261 §20.38)' },
  { part: 'header', names: ['Warning'], reason: 'for people (RFC 3261 §20.43)' },
  { part: 'header', names: ['Allow'], reason: 'a B2BUA may say what it understands itself (RFC 3261 §20.5)' },
  {
    part: 'header',
    names: ['From', 'To', 'Call-ID'],
    holds: (difference, { wasTold }) => wasTold(difference),
    reason: 'as in the message that began it, of which it is told',
  },
  {
    part: 'header',
    names: ['Via'],
    holds: sameOwnVia,
    reason: 'the same branch and host: rport and the default port are the box’s choice (RFC 3581 §3)',
  },
  {
    part: 'header',
    names: ['Via'],
    holds: madeUpBranch,
    reason: 'the prediction could not know the branch, and any that is new will do (RFC 3261 §8.1.1.7)',
  },
  {
    part: 'header',
    names: ['Via'],
    holds: (difference, { predicted }) => !predicted.isRequest && alike(plainAnswerVia)(difference),
    reason: 'received and rport as seen from elsewhere: an address was translated on the way (RFC 3581 §4)',
  },
  {
    part: 'header',
    names: ['Via'],
    holds: onlyReceived,
    reason: 'received may stand there too where it is the address of sent-by (RFC 3261 §18.2.1)',
  },
  {
    part: 'header',
    names: ['To'],
    holds: (difference, { predicted }) => predicted.status === 100 && alike(untagged)(difference),
    reason: 'a 100 has a tag or none (RFC 3261 §8.2.6.2)',
  },
  {
    part: 'header',
    holds: ({ name }, { predicted }) => predicted.status === 100 && !IN_EVERY_RESPONSE.includes(name),
    reason: 'a 100 goes one hop and makes no dialog: what else it says has no effect (RFC 3261 §8.2.6.1)',
  },
  {
    part: 'header',
    names: ['CSeq'],
    holds: sameOffset,
    reason:
      'the box numbers the requests of its dialog anew, by the same amount throughout (RFC 3261 §12.2.1.1)',
  },
  {
    part: 'header',
    names: ['Contact'],
    holds: (_, { predicted: { status } }) => status === 100 || (status >= 400 && status !== 485),
    reason:
      'a Contact has no meaning there (RFC 3261 §20.10: it leads on from a redirection, or is a target)',
  },
  { part: 'header', names: ['Contact'], holds: method('CANCEL', 'BYE', 'MESSAGE', 'ACK'), reason: NO_TARGET },
  {
    part: 'header',
    names: ['Expires'],
    holds: sameExpiry,
    reason: 'the time stands beside the Contact instead (RFC 3261 §10.2.1.1)',
  },
  {
    part: 'header',
    names: UNORDERED,
    holds: ({ reordered }) => reordered,
    reason: 'a set: the order of its values has no meaning',
  },
  {
    part: 'header',
    holds: alike(plainSpacing),
    reason: 'white space around separators has no meaning (RFC 3261 §25.1)',
  },
  {
    part: 'header',
    holds: (difference) => difference.name !== 'Via' && alike(plainAddress)(difference),
    reason: 'the default port or transport of an IP address, spelled out or not (RFC 3261 §19.1.2)',
  },
  {
    part: 'header',
    names: ADDRESSES,
    holds: alike(plainParty),
    reason: 'the same address and parameters, written otherwise (RFC 3261 §20.10, §7.3.1)',
  },
  {
    part: 'header',
    names: ['From', 'To'],
    holds: onlyHost,
    reason: 'the same user at a host of the box’s own, which the policy leaves open (RFC 7092 §4.3)',
  },
  {
    part: 'SDP',
    names: ['o', 'c'],
    holds: relayed,
    reason: 'the box relays media, which the prediction does not (RFC 7092 §3.2.1)',
  },
  {
    part: 'SDP',
    names: ['m'],
    holds: relayedPort,
    reason: 'the box relays media, which the prediction does not (RFC 7092 §3.2.1)',
  },
];
