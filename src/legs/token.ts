// The values a leg is found by among thousands of others, and those it looks for in them. A token is a number made of the value:
// that two values make the same one is as good as impossible, and then costs a comparison, no more.
import { callIdNames } from './call-id-parts.ts';
import type { TokenKind } from './compare.ts';
import type { LegTraits } from './traits.ts';

/** 48 bits of hash above the number of the kind. */
export type Token = number;

export function token(kind: TokenKind, value: string): Token {
  const number = NUMBERS[kind];
  return textNumber(value, number) * KINDS + number;
}

/** A text as a number of 48 bits, for what is only compared; another for each seed. */
export function textNumber(text: string, seed = 0): number {
  hash(text, seed);
  return HASH[0] * 2 ** 16 + (HASH[1] & 0xffff);
}

/** Whether it is of a kind that no two calls share unless somebody writes constants; bodies and parties do come again. */
export function isLearnable(token: Token): boolean {
  return LEARNABLE.has(token % KINDS);
}

/** A token as some hop has it. */
export function atHop(token: Token, hop: Token): number {
  const low = Math.imul(token ^ hop, 0x85ebca6b);
  const high = Math.imul((token / 2 ** 32) ^ (hop / 2 ** 21), 0xc2b2ae35);
  const mixed = Math.imul(low ^ (low >>> 15) ^ high, 0x27d4eb2f);
  return ((mixed ^ (mixed >>> 13)) >>> 0) * 2 ** 20 + ((low ^ (high >>> 11)) & 0xfffff);
}

/** Of its values, those that tell less the more legs have them. */
export function countedTokens(leg: LegTraits): Token[] {
  const found: Token[] = [];
  eachEqualValue(leg, (kind, value) => {
    if (kind !== 'parties' && kind !== 'binding') addOnce(found, token(kind, value));
  });
  return found;
}

/** What a near leg is found by. */
export function ownTokens(leg: LegTraits, counted: readonly Token[]): Token[] {
  const found: Token[] = [...counted];
  const add = (kind: TokenKind, value: string | undefined) => {
    if (value !== undefined && value !== '') addOnce(found, token(kind, value));
  };
  for (const name of callIdNames(leg.callId)) add('call', name);
  add('branch', leg.branch);
  add('from', leg.fromUser);
  add('to', leg.toUser || leg.targetUser);
  add('address', leg.leg.to.ip);
  add('binding', leg.binding);
  add('parties', partiesOf(leg));
  return fitting(found);
}

/** What a far leg looks for, by how much it tells: what is made for one call, what few calls have, what many may have. */
export function soughtTokens(leg: LegTraits): [Token[], Token[], Token[]] {
  const sure: Token[] = [token('call', leg.callId)];
  for (const name of leg.madeFrom) sure.push(token('call', name));
  for (const name of leg.legHeaders) sure.push(token('call', name));
  for (const name of leg.namedCalls) sure.push(token('call', name));
  for (const branch of leg.branchesBelow) if (branch !== '') sure.push(token('branch', branch));
  const telling: Token[] = [];
  eachEqualValue(leg, (kind, value) => {
    (SURE.has(kind) ? sure : telling).push(token(kind, value));
  });
  const common: Token[] = [];
  if (leg.fromUser !== '') common.push(token('from', leg.fromUser));
  if (leg.toUser !== '') common.push(token('to', leg.toUser));
  return [fitting(sure), fitting(telling), fitting(common)];
}

/** Values that are the same on both legs where a box leaves them alone; none is ''. */
function eachEqualValue(leg: LegTraits, give: (kind: TokenKind, value: string) => void): void {
  const take = (kind: TokenKind, value: string): void => {
    if (value !== '') give(kind, value);
  };
  take('session', leg.sessionId);
  take('charging', leg.chargingId);
  take('guid', leg.guid);
  if (leg.fromTag.length >= SHORT) take('tag', leg.fromTag);
  take('body', leg.body);
  take('nonce', leg.credentials);
  take('binding', leg.binding);
  take('parties', partiesOf(leg));
  for (const value of leg.legHeaders) take('leg', value);
  for (const value of leg.otherHeaders) take('header', value);
  for (const ssrc of leg.ssrcs.keys()) take('ssrc', String(ssrc));
  take('answer', leg.answer);
  if (leg.offer === undefined) return;
  const { origin, session, text, keys } = leg.offer;
  take('origin', origin);
  take('number', session);
  take('text', text);
  take('keys', keys);
}

/** In no more room than it needs: a list that grew has some for more, and thousands of legs wait. */
function fitting(list: Token[]): Token[] {
  return list.slice();
}

function partiesOf({ fromUser, toUser, targetUser }: LegTraits): string {
  return fromUser === '' ? '' : `${fromUser} ${toUser || targetUser}`;
}

function addOnce(list: Token[], one: Token): void {
  if (!list.includes(one)) list.push(one);
}

/** 64 bits into HASH: two lanes of FNV-1a with primes of their own, mixed so that every character moves every bit. */
function hash(value: string, seed: number): void {
  let one = 0x811c9dc5 ^ seed;
  let other = 0x2545f491 ^ value.length;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    one = Math.imul(one ^ code, 0x01000193);
    other = Math.imul(other ^ code, 0x5bd1e995);
    other ^= other >>> 15;
  }
  const both = Math.imul(one ^ (one >>> 15), 0x85ebca6b) ^ Math.imul(other ^ (other >>> 13), 0xc2b2ae35);
  HASH[0] = Math.imul(both ^ (both >>> 15), 0x27d4eb2f);
  HASH[1] = Math.imul(other ^ (one >>> 13), 0x9e3779b1) >>> 9;
}

function numbersOf(...kinds: readonly TokenKind[]): ReadonlySet<number> {
  return new Set(kinds.map((kind) => NUMBERS[kind]));
}

const HASH = new Uint32Array(2);
const KINDS = 32;
const NUMBERS: Readonly<Record<TokenKind, number>> = {
  ...{
    session: 0,
    charging: 1,
    guid: 2,
    call: 3,
    tag: 4,
    leg: 5,
    header: 6,
    branch: 7,
    origin: 8,
    number: 9,
  },
  ...{ text: 10, keys: 11, answer: 12, ssrc: 13, body: 14, parties: 15, from: 16, to: 17, nonce: 18 },
  ...{ binding: 19, address: 20 },
};
const LEARNABLE = numbersOf(
  ...(['call', 'branch', 'session', 'charging', 'guid', 'tag', 'leg', 'header', 'nonce'] as const),
  ...(['origin', 'number', 'answer', 'ssrc', 'keys'] as const),
);
const SURE: ReadonlySet<TokenKind> = new Set([
  'session',
  'charging',
  'guid',
  'tag',
  'leg',
  'header',
  'ssrc',
  'nonce',
]);
const SHORT = 4;
