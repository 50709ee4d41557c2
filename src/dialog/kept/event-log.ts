// The messages of one call as they are kept: octets in shared pages while the call is open, a text of its own once it is over.
// The events are made of them when they are asked for, and may be let go and made again.
import type { Endpoint } from '../../network/endpoint.ts';
import type { Passage } from '../../network/passage.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { CallEvent, MessageInfo } from '../call.ts';
import { readRows, writeHead } from './event-row.ts';
import { type KeptPages, PageChain } from './kept-pages.ts';
import { PassageList } from './passage-list.ts';

export class EventLog {
  /** Messages in it. */
  count = 0;
  private headers = 0;
  private octets = 0;
  private readonly serial: number;
  private readonly pages: KeptPages;
  private readonly chain = new PageChain();
  private endpoints: Endpoint[] = NO_ENDPOINTS;
  /** Of many endpoints where they stand among them. */
  private places: Map<Endpoint, number> | null = null;
  /** How messages came that came otherwise than by themselves; null while there is none. */
  private passages: PassageList | null = null;
  /** All of it, once nothing is added. */
  private rows: string | null = null;
  private made: readonly CallEvent[] | null = null;

  constructor(pages: KeptPages) {
    this.pages = pages;
    this.serial = pages.logs++;
  }

  add(m: SipMessage, info: MessageInfo): void {
    const { pages, chain } = this;
    // Most calls have two: a list that grows would have room for many more.
    if (this.count === 0) this.endpoints = m.src === m.dst ? [m.src] : [m.src, m.dst];
    const passage = m.passage === null ? 0 : this.passageOf(m.passage);
    writeHead(pages.head, m, info, this.placeOf(m.src), this.placeOf(m.dst), passage);
    pages.octets.append(pages, chain, this.serial, m.data, m.start, m.limit);
    this.count++;
    this.octets += m.limit - m.start;
    this.headers += m.headerCount;
    this.made = null;
  }

  /** Nothing is added any more. */
  close(): void {
    if (this.rows !== null) return;
    this.rows = this.pages.text(this.chain);
    this.pages.release(this.chain);
    this.passages?.close();
  }

  /** In capture order; the same objects until `letGo`. */
  get events(): readonly CallEvent[] {
    const { pages } = this;
    this.made ??= readRows(
      this.rows === null ? pages.gather(this.chain) : pages.octetsOf(this.rows),
      this.count,
      this.headers,
      this.octets,
      this.endpoints,
      this.passages?.all ?? NO_PASSAGES,
      pages.octets.shared,
    );
    return this.made;
  }

  letGo(): void {
    this.made = null;
  }

  private passageOf(passage: Passage): number {
    this.passages ??= new PassageList(passage);
    return this.passages.numberOf(passage);
  }

  private placeOf(endpoint: Endpoint): number {
    const { endpoints } = this;
    const place = this.places === null ? endpoints.indexOf(endpoint) : (this.places.get(endpoint) ?? -1);
    if (place >= 0) return place;
    endpoints.push(endpoint);
    if (this.places !== null) this.places.set(endpoint, endpoints.length - 1);
    else if (endpoints.length === MANY) this.places = new Map(endpoints.map((one, index) => [one, index]));
    return endpoints.length - 1;
  }
}

const MANY = 16;
const NO_ENDPOINTS: Endpoint[] = [];
const NO_PASSAGES: Passage[] = [];
