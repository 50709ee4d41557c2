// What the boxes of a generated capture do, and what goes through them.

export type Carried =
  | 'call-id'
  | 'from-tag'
  | 'via'
  | 'session-id'
  | 'icid'
  | 'guid'
  | 'leg-header'
  | 'own-header'
  | 'derived';

export type Kind =
  | 'answered'
  | 'busy'
  | 'cancelled'
  | 'refused' // by the box: nothing goes on
  | 'im'
  | 'refreshed' // with offers and answers anew
  | 'fork'
  | 'hunt'
  | 'challenged'
  | 'message'
  | 'register'
  | 'to-phone' // a call to a phone that is registered through the box
  | 'options';

export interface Mode {
  readonly name: string;
  /** Values that the boxes leave in, or put in, for this share of the calls. */
  readonly carried: readonly Carried[];
  readonly share: number;
  /** `same`: all calls are between the same two. */
  readonly parties: 'kept' | 'translated' | 'hidden' | 'same';
  readonly session: 'kept' | 'relayed' | 'rewritten' | 'same';
  /** Milliseconds that a box takes for a message. */
  readonly delay: readonly [number, number];
  /** Seconds that the clock beyond the first box is ahead. */
  readonly skew: number;
  /** Calls a second. */
  readonly rate: number;
  readonly nat: boolean;
  readonly boxes: 1 | 2;
  /** A box has one address on both sides. */
  readonly oneAddress: boolean;
  readonly kinds: readonly Kind[];
  /** How many people there are. */
  readonly users: number;
  /** Share of the calls of which the capture lacks a leg. */
  readonly missing: number;
  /** The box answers BYE and CANCEL itself. */
  readonly answersItself: boolean;
  /** Seconds that a connection of the box to the far side lasts, and that its next handshake takes: calls wait for it together. */
  readonly handshake: readonly [number, number];
  /** Share of the time after which the capture begins: calls are under way then. */
  readonly joins: number;
  /** Phones that register through the box first, which publishes a Contact of its own for each. */
  readonly phones: number;
  /** What goes through the box as RTP: with its SSRC, with another, or one recording in all calls. */
  readonly media: 'none' | 'relayed' | 'transcoded' | 'played';
  /** Share of the messages that come again, since what answers them was lost. */
  readonly resent: number;
  /** Machines call one another: each rings, talks and gives up after the same time. */
  readonly alike: boolean;
}

const CALLS: readonly Kind[] = ['answered', 'answered', 'answered', 'busy', 'cancelled', 'refused', 'im'];
const UNDER_WAY: readonly Kind[] = ['answered', 'answered', 'refreshed', 'im'];
const USUAL: Mode = {
  name: '',
  carried: [],
  share: 1,
  parties: 'kept',
  session: 'kept',
  delay: [1, 12],
  skew: 0,
  rate: 8,
  nat: false,
  boxes: 1,
  oneAddress: false,
  kinds: CALLS,
  users: 400,
  missing: 0,
  answersItself: false,
  handshake: [0, 0],
  joins: 0,
  phones: 0,
  media: 'none',
  resent: 0,
  alike: false,
};
const mode = (name: string, changes: Partial<Mode>): Mode => ({ ...USUAL, name, ...changes });

export const MODES: readonly Mode[] = [
  mode('proxy', { carried: ['call-id', 'from-tag', 'via'] }),
  mode('call-id kept, tags not', { carried: ['call-id'], session: 'relayed', oneAddress: true }),
  mode('session-id', { carried: ['session-id'], session: 'rewritten', parties: 'translated' }),
  mode('icid, hidden caller', { carried: ['icid'], session: 'rewritten', parties: 'hidden' }),
  mode('cisco-guid', { carried: ['guid'], session: 'relayed', parties: 'translated' }),
  mode('leg header, busy', { carried: ['leg-header'], parties: 'same', session: 'same', rate: 25 }),
  mode('own header, busy', { carried: ['own-header'], parties: 'same', session: 'same', rate: 25 }),
  mode('derived call-id', { carried: ['derived'], session: 'rewritten', oneAddress: true }),
  mode('from-tag kept, slow, busy', {
    ...{ carried: ['from-tag'], parties: 'same', session: 'same', delay: [10, 300], rate: 20 },
  }),
  mode('rewritten', { session: 'relayed' }),
  mode('rewritten, one address', { session: 'rewritten', oneAddress: true }),
  mode('rewritten, answers itself', { session: 'rewritten', answersItself: true, missing: 0.1 }),
  mode('rewritten, slow', { session: 'rewritten', delay: [10, 300] }),
  mode('rewritten, hidden', { session: 'rewritten', parties: 'hidden' }),
  mode('half of them named, hidden', {
    carried: ['session-id'],
    share: 0.5,
    session: 'rewritten',
    parties: 'hidden',
    rate: 15,
  }),
  mode('translated numbers', { session: 'relayed', parties: 'translated', rate: 15 }),
  mode('busy hour, same parties', { parties: 'same', session: 'same', rate: 25 }),
  mode('busy hour, legs missing', { parties: 'same', session: 'same', rate: 25, missing: 0.15 }),
  mode('busy hour, slow, legs missing', {
    ...{ parties: 'same', session: 'same', rate: 20, missing: 0.15, delay: [10, 300], answersItself: true },
  }),
  mode('few parties, legs missing', {
    session: 'rewritten',
    users: 6,
    rate: 20,
    missing: 0.2,
    delay: [5, 80],
  }),
  mode('busy hour, same parties, slow', { parties: 'same', session: 'same', rate: 6, delay: [10, 300] }),
  mode('clocks apart, named', { carried: ['session-id'], share: 0.3, session: 'relayed', skew: 0.73 }),
  mode('clocks apart, parties alone', { session: 'rewritten', skew: -1.9 }),
  mode('behind nat', { session: 'rewritten', nat: true, rate: 15 }),
  mode('forks, named', { carried: ['session-id'], kinds: ['fork', 'answered'] }),
  mode('forks', { session: 'kept', kinds: ['fork', 'answered', 'answered'] }),
  mode('hunts, named', { carried: ['icid'], session: 'relayed', kinds: ['hunt', 'answered'] }),
  mode('hunts', { session: 'kept', kinds: ['hunt', 'answered', 'answered'] }),
  mode('challenges', { session: 'rewritten', kinds: ['challenged', 'answered', 'register'] }),
  mode('messages', { kinds: ['message'], rate: 20, missing: 0.1 }),
  mode('messages, same parties', { parties: 'same', kinds: ['message'], rate: 10 }),
  mode('registrations', { kinds: ['register'], rate: 20 }),
  mode('options', { kinds: ['options'], rate: 5 }),
  mode('chain of two boxes', { session: 'relayed', boxes: 2 }),
  mode('chain, named', { carried: ['session-id'], session: 'rewritten', parties: 'hidden', boxes: 2 }),
  mode('everything at once', {
    ...{ carried: ['session-id'], share: 0.3, session: 'relayed', delay: [5, 60], rate: 20 },
    kinds: [
      'answered',
      'busy',
      'cancelled',
      'im',
      'fork',
      'hunt',
      'message',
      'register',
      'options',
      'refused',
    ],
  }),
  mode('joined under way', { session: 'relayed', kinds: UNDER_WAY, joins: 0.5 }),
  mode('joined under way, named', {
    ...{ carried: ['session-id'], parties: 'hidden', session: 'rewritten', kinds: UNDER_WAY, joins: 0.5 },
  }),
  mode('joined under way, hidden', { parties: 'hidden', session: 'rewritten', kinds: UNDER_WAY, joins: 0.5 }),
  mode('joined under way, few parties', {
    ...{ users: 6, session: 'rewritten', kinds: UNDER_WAY, joins: 0.5, missing: 0.1, answersItself: true },
  }),
  mode('media relayed, same parties', {
    ...{ parties: 'same', session: 'relayed', media: 'relayed', rate: 25, missing: 0.15, delay: [10, 300] },
    kinds: ['answered', 'answered', 'busy'],
  }),
  mode('media relayed, hidden', { parties: 'hidden', session: 'rewritten', media: 'relayed', rate: 25 }),
  mode('media transcoded', { parties: 'hidden', session: 'rewritten', media: 'transcoded' }),
  mode('media played', { session: 'relayed', media: 'played', rate: 20, missing: 0.1 }),
  mode('to the registered, hidden', {
    ...{ parties: 'hidden', session: 'same', phones: 150, rate: 12, missing: 0.1, delay: [10, 300] },
    kinds: ['to-phone', 'to-phone', 'busy'],
  }),
  mode('wait for a handshake, hidden', {
    ...{ parties: 'hidden', session: 'same', rate: 400, handshake: [0.2, 0.1], alike: true },
    kinds: ['answered', 'answered', 'busy', 'cancelled', 'im'],
  }),
  mode('lossy', { session: 'rewritten', resent: 0.2, delay: [5, 80] }),
  mode('lossy, hidden', { parties: 'hidden', session: 'rewritten', resent: 0.2, missing: 0.1 }),
];
