// What two legs carry: session descriptions (RFC 8866) and other bodies. What only one endpoint would have written tells;
// what many calls have alike tells little.
import type { Frames, Surroundings, TokenKind } from './compare.ts';
import type { Evidence } from './evidence.ts';
import type { SessionTraits } from './session-traits.ts';
import type { LegTraits } from './traits.ts';
import type { SignalName } from './weights.ts';

export function compareSessions(
  x: LegTraits,
  y: LegTraits,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
): void {
  if (x.offer !== undefined && y.offer !== undefined)
    compareOffers(x.offer, y.offer, around, { a, b }, found);
  if (x.answer !== '' && x.answer === y.answer) {
    const frames = { a: x.answerFrame, b: y.answerFrame };
    describe('sdp-answer', 'answer', x.answer, around, frames, found);
  }
  if (x.body === '' || y.body === '') return;
  if (x.body !== y.body) {
    const [one, other] = found.keeps ? [octets(x.body), octets(y.body)] : ['', ''];
    found.oppose('body-differs', one, other, a, b);
  } else {
    const share = x.body.trimEnd().length >= TELLING_TEXT ? 1 : 0.375;
    const shown = found.keeps ? octets(x.body) : '';
    found.add('body', share / around.sharing('body', x.body), shown, shown, a, b);
  }
}

function compareOffers(
  x: SessionTraits,
  y: SessionTraits,
  around: Surroundings,
  frames: Frames,
  found: Evidence,
): void {
  if (x.origin !== '' && x.origin === y.origin) {
    describe('sdp-origin', 'origin', x.origin, around, frames, found);
  } else if (x.session !== '' && x.session === y.session) {
    describe('sdp-session', 'number', x.session, around, frames, found);
  }
  if (x.text === y.text) describe('sdp-text', 'text', x.text, around, frames, found, lines);
  if (x.keys !== '' && x.keys === y.keys) describe('sdp-keys', 'keys', x.keys, around, frames, found, names);
  if (x.formats === y.formats) found.add('sdp-formats', 1, x.formats, y.formats, frames.a, frames.b);
  if (x.kinds !== y.kinds && x.kinds !== '' && y.kinds !== '')
    found.oppose('media-differ', x.kinds, y.kinds, frames.a, frames.b);
}

function describe(
  name: SignalName,
  kind: TokenKind,
  value: string,
  around: Surroundings,
  { a, b }: Frames,
  found: Evidence,
  show?: (value: string) => string,
): void {
  const shown = found.keeps && show !== undefined ? show(value) : value;
  if (around.sharing(kind, value) < CONSTANT) found.add(name, 1, shown, shown, a, b);
  else found.addConstant(name, shown, shown, a, b);
}

/** Bodies and keys are not for everybody's eyes. */
function octets(body: string): string {
  return `${body.length} octets`;
}

function lines(text: string): string {
  return `${text.split('\n').length} lines`;
}

function names(keys: string): string {
  return [...new Set(keys.split('\n').map((line) => line.split(':', 1)[0]))].join(' ');
}

const TELLING_TEXT = 16;
/** As many calls with the same description make it no mark of one. */
const CONSTANT = 3;
