// The values a leg is found by among thousands of others, and those it looks for in them.
import { hashText } from '../dialog/octets.ts';
import { callIdNames } from './call-id-parts.ts';
import type { TokenKind } from './compare.ts';
import type { LegTraits } from './traits.ts';

export type Token = string;

/** Long values are kept as hashes: a clash costs a comparison, no more. */
export function token(kind: TokenKind, value: string): Token {
  const text = value.length > LONG ? `#${hashText(value)}.${value.length}` : value;
  return `${kind} ${text}`;
}

/** Of its values, those that tell less the more legs have them. */
export function countedTokens(leg: LegTraits): Token[] {
  const found = new Set<Token>();
  for (const [kind, value] of equalValues(leg))
    if (value !== '' && kind !== 'parties' && kind !== 'binding') found.add(token(kind, value));
  return [...found];
}

/** What a near leg is found by. */
export function ownTokens(leg: LegTraits, counted: readonly Token[]): Token[] {
  const found: Token[] = [...counted];
  const add = (kind: TokenKind, value: string | undefined) => {
    if (value !== undefined && value !== '') found.push(token(kind, value));
  };
  for (const name of callIdNames(leg.callId)) add('call', name);
  add('branch', leg.branch);
  add('from', leg.fromUser);
  add('to', leg.toUser || leg.targetUser);
  add('address', leg.leg.to.ip);
  add('binding', leg.binding);
  add('parties', partiesOf(leg));
  return [...new Set(found)];
}

/** What a far leg looks for, by how much it tells: what is made for one call, what few calls have, what many may have. */
export function soughtTokens(leg: LegTraits): [Token[], Token[], Token[]] {
  const named = [leg.callId, ...leg.madeFrom, ...leg.legHeaders, ...leg.namedCalls];
  const sure = named.map((name) => token('call', name));
  for (const branch of leg.branchesBelow) if (branch !== '') sure.push(token('branch', branch));
  const telling: Token[] = [];
  for (const [kind, value] of equalValues(leg)) {
    if (value !== '') (SURE.has(kind) ? sure : telling).push(token(kind, value));
  }
  const common: Token[] = [];
  if (leg.fromUser !== '') common.push(token('from', leg.fromUser));
  if (leg.toUser !== '') common.push(token('to', leg.toUser));
  return [sure, telling, common];
}

/** Values that are the same on both legs where a box leaves them alone. */
function equalValues(leg: LegTraits): [TokenKind, string][] {
  const values: [TokenKind, string][] = [
    ['session', leg.sessionId],
    ['charging', leg.chargingId],
    ['guid', leg.guid],
    ['tag', leg.fromTag.length < SHORT ? '' : leg.fromTag],
    ['body', leg.body],
    ['nonce', leg.credentials],
    ['binding', leg.binding],
    ['parties', partiesOf(leg)],
  ];
  for (const value of leg.legHeaders) values.push(['leg', value]);
  for (const value of leg.otherHeaders) values.push(['header', value]);
  for (const ssrc of leg.ssrcs.keys()) values.push(['ssrc', String(ssrc)]);
  if (leg.answer !== undefined) values.push(['answer', leg.answer.session]);
  if (leg.offer === undefined) return values;
  const { origin, session, text, keys } = leg.offer;
  values.push(['origin', origin], ['number', session], ['text', text], ['keys', keys]);
  return values;
}

function partiesOf({ fromUser, toUser, targetUser }: LegTraits): string {
  return fromUser === '' ? '' : `${fromUser} ${toUser || targetUser}`;
}

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
const LONG = 64;
const SHORT = 4;
