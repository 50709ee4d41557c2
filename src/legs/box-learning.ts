// Legs that belong together beyond doubt → which addresses are two sides of one box, and how far the clocks of their captures
// are apart. Nothing has to be configured; what is configured goes first.
import { Passages } from './clock-offset.ts';
import { passages } from './timeline.ts';
import type { LegTraits } from './traits.ts';

export class BoxLearning {
  /** `ip ip`, in order → what was seen of them. */
  private readonly links = new Map<string, Link>();
  /** Addresses with two sides. */
  private readonly boxes = new Map<string, Set<string>>();
  /** How many legs left each address. */
  private readonly left = new Map<string, number>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Addresses of one box, known beforehand. */
  know(addresses: readonly string[]): void {
    for (const one of addresses) for (const other of addresses) this.join(one, other);
  }

  /** Every far leg, before any is learnt from. */
  count({ leg }: LegTraits): void {
    const { ip } = leg.from;
    if (this.left.size < this.limit || this.left.has(ip)) this.left.set(ip, (this.left.get(ip) ?? 0) + 1);
  }

  /**
   * Two legs that nothing else explains; `sure` when a value made for one call says so, `held` when the near one began before
   * and ended after by one clock.
   */
  learn(near: LegTraits, far: LegTraits, attempt: number, sure: boolean, held: boolean): void {
    const [inside, outside] = [near.leg.to.ip, far.leg.from.ip];
    const key = linkKey(inside, outside);
    let link = this.links.get(key);
    if (link === undefined) {
      if (this.links.size >= this.limit) return;
      const rival = linkKey(far.leg.to.ip, near.leg.from.ip);
      const counts = { sure: 0, likely: 0, held: 0, spent: 0, whole: 0, relayed: 0, remade: 0 };
      const clocks = { surely: new Passages(), likewise: new Passages() };
      link = { one: inside, other: outside, ...counts, ...clocks, rival };
      this.links.set(key, link);
    }
    const seen = sure ? link.surely : link.likewise;
    const { away, back } = passages(near.timeline, far.timeline, near.attempts[attempt].time);
    if (inside <= outside) seen.add(away, back);
    else seen.add(back, away);
    if (sure) {
      link.sure++;
      if (near.ssrcs.size > 0 && far.ssrcs.size > 0) link[shareStream(near, far) ? 'relayed' : 'remade']++;
    } else {
      link.likely++;
      if (held) link.held++;
      link.spent += Math.abs(far.start - near.attempts[attempt].time);
      const isWhole = Math.min(near.leg.size, far.leg.size) >= WHOLE;
      if (held && (isWhole || runsAlong(far, away, back))) link.whole++;
    }
  }

  /** After all that was learnt: which addresses are boxes. */
  conclude(): void {
    for (const link of this.links.values()) {
      const { one, other, sure, likely, whole } = link;
      // Between busy parties likely pairs happen by chance, to few of the legs there.
      const few = Math.min(this.left.get(one) ?? likely, this.left.get(other) ?? likely);
      // A capture of few calls has no more to show: then it must explain all that left, one whole session among them.
      const isAll = whole > 0 && likely >= few;
      if (sure === 0 && !isAll && (likely < ENOUGH || likely * 2 < few)) continue;
      if (this.isOutdone(link)) continue;
      this.join(one, other);
    }
  }

  /** Read the wrong way round, two hops of one box make a box of their far ends. */
  private isOutdone(link: Link): boolean {
    const against = this.links.get(link.rival);
    if (against === undefined) return false;
    const more = votes(against) - votes(link);
    // As many: whose legs are nearer in time.
    return more > 0 || (more === 0 && against.spent < link.spent);
  }

  /** Whether what leaves `outside` leaves the box that was reached at `inside`, another address of it. */
  place(inside: string, outside: string): 'same box' | 'unknown' | 'elsewhere' {
    if (inside !== outside && this.boxes.get(inside)?.has(outside) === true) return 'same box';
    return this.boxes.has(inside) && this.boxes.has(outside) ? 'elsewhere' : 'unknown';
  }

  /** Seconds that the clock where far legs from `outside` were captured is ahead of the one where near legs to `inside` were. */
  offset(inside: string, outside: string): number {
    const link = this.links.get(linkKey(inside, outside));
    if (link === undefined) return 0;
    const { offset } = clockOf(link);
    return inside <= outside ? offset : -offset;
  }

  /** Whether media pass from one to the other as they are: what has another SSRC there belongs to another call. */
  relays(inside: string, outside: string): boolean {
    const link = this.links.get(linkKey(inside, outside));
    return link !== undefined && link.relayed >= ENOUGH && link.relayed >= link.remade * CLEARLY;
  }

  /** All addresses of its box, itself first. */
  addressesOf(ip: string): readonly string[] {
    const box = this.boxes.get(ip);
    return box === undefined ? [ip] : [...new Set([ip, ...box])];
  }

  isBox(ip: string): boolean {
    return this.boxes.has(ip);
  }

  private join(one: string, other: string): void {
    for (const [a, b] of [
      [one, other],
      [other, one],
    ]) {
      const known = this.boxes.get(a);
      if (known === undefined) this.boxes.set(a, new Set([b]));
      else if (known.size < MOST_ADDRESSES) known.add(b);
    }
  }
}

interface Link {
  readonly one: string;
  readonly other: string;
  sure: number;
  likely: number;
  /** Of the likely ones those where one holds the other. */
  held: number;
  /** Of the likely ones, how long after the near leg the far one began, in seconds, together. */
  spent: number;
  /** Of those that are held the ones of many messages, or where each was passed on at once. */
  whole: number;
  /** Of the sure ones those whose media had the same SSRC on both sides, and those that had another. */
  relayed: number;
  remade: number;
  /** The link that the same legs make when the far one is taken for the near one. */
  readonly rival: string;
  /** Of sure pairs and of likely ones. */
  readonly surely: Passages;
  readonly likewise: Passages;
}

/** Sure pairs put likely ones aside, unless they are the odd ones: a constant looks like a mark of the first that has it. */
function clockOf({ sure, likely, surely, likewise }: Link): Passages {
  return sure * ODD >= likely ? surely : likewise;
}

function linkKey(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`;
}

function shareStream(near: LegTraits, far: LegTraits): boolean {
  for (const ssrc of near.ssrcs.keys()) if (far.ssrcs.has(ssrc)) return true;
  return false;
}

/** Every step of it was passed on at once, in both directions: by chance one is, hardly all. */
function runsAlong({ timeline }: LegTraits, away: readonly number[], back: readonly number[]): boolean {
  if (away.length === 0 || back.length === 0) return false;
  if (away.length + back.length < timeline.steps.length) return false;
  return away.every(isAtOnce) && back.every(isAtOnce);
}

function isAtOnce(seconds: number): boolean {
  return seconds >= 0 && seconds <= AT_ONCE;
}

/** What came by chance is one after the other rather than one within the other. */
function votes({ sure, likely, held }: Link): number {
  return sure * SURE + likely + held;
}

/** As many likely pairs make a box; one sure pair does. */
const ENOUGH = 3;
/** Messages of a session: from INVITE to the answer to BYE. */
const WHOLE = 6;
/** Seconds: as near as a box gets. */
const AT_ONCE = 0.02;
const SURE = 10;
/** As many times more likely pairs than sure ones. */
const ODD = 10;
/** As often media pass as they are, where they pass through it rather than end there. */
const CLEARLY = 20;
const MOST_ADDRESSES = 64;
