// Targets that each source tries within a span of time, and how many of them welcomed it. Spans are judged when they are
// over: answers come after their requests, and a registration is refused once before it succeeds.
import type { Timestamp } from '../../capture/timestamp.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import { ownText } from '../facts/own-text.ts';

export interface Sweep {
  /** IP address. */
  readonly source: string;
  readonly method: string;
  readonly targets: number;
  readonly frame: number;
  readonly time: Timestamp;
}

export class Sweeps {
  private readonly fewest: number;
  private readonly seconds: number;
  private readonly sink: (sweep: Sweep) => void;
  /** By source and method; the one begun first is judged and forgotten when there are too many. */
  private readonly spans = new Map<string, Span>();

  constructor(fewest: number, milliseconds: number, sink: (sweep: Sweep) => void) {
    this.fewest = fewest;
    this.seconds = milliseconds / 1000;
    this.sink = sink;
  }

  add(m: SipMessage): void {
    const method = m.isRequest ? m.methodId : m.cseqMethodId;
    if (method !== METHOD.OPTIONS && method !== METHOD.REGISTER && method !== METHOD.INVITE) return;
    if (m.isRequest ? m.toTagStart >= 0 : m.status < 200) return;
    const source = m.isRequest ? m.src.ip : m.dst.ip;
    const key = `${method} ${source}`;
    let span = this.spans.get(key);
    if (span !== undefined && m.seconds >= span.time.seconds + this.seconds) {
      this.judge(span);
      this.spans.delete(key);
      span = undefined;
    }
    if (m.isRequest) {
      span ??= this.begin(key, source, m);
      if (span.tried.size < MOST_TARGETS) span.tried.add(targetOf(m));
    } else if (span !== undefined && welcomed(m)) span.welcome.add(targetOf(m));
  }

  end(): void {
    for (const span of this.spans.values()) this.judge(span);
    this.spans.clear();
  }

  private begin(key: string, source: string, m: SipMessage): Span {
    const time = { seconds: m.seconds, nanoseconds: m.nanoseconds };
    const span: Span = {
      source,
      method: m.method,
      frame: m.frame,
      time,
      tried: new Targets(),
      welcome: new Targets(),
    };
    this.spans.set(key, span);
    if (this.spans.size > MOST) {
      const [oldest, first] = this.spans.entries().next().value!;
      this.judge(first);
      this.spans.delete(oldest);
    }
    return span;
  }

  private judge({ source, method, frame, time, tried, welcome }: Span): void {
    if (tried.size < this.fewest || welcome.size > tried.size / 10) return;
    this.sink({ source, method, targets: tried.size, frame, time });
  }
}

interface Span {
  readonly source: string;
  readonly method: string;
  readonly frame: number;
  readonly time: Timestamp;
  readonly tried: Targets;
  readonly welcome: Targets;
}

/** Nearly all sources have one. */
class Targets {
  private first: string | null = null;
  private all: Set<string> | null = null;

  get size(): number {
    return this.all?.size ?? (this.first === null ? 0 : 1);
  }

  add(target: string): void {
    if (this.all !== null) this.all.add(target);
    else if (this.first === null) this.first = target;
    else if (this.first !== target) this.all = new Set([this.first, target]);
  }
}

function targetOf(m: SipMessage): string {
  return ownText(`${m.to?.uri.user ?? ''}@${m.isRequest ? m.dst.ip : m.src.ip}`);
}

/** Somebody is there and takes the request, be it that he is busy. */
function welcomed({ status }: SipMessage): boolean {
  return status < 400 || status === 486 || status === 487 || status === 480 || status >= 600;
}

const MOST = 10_000;
const MOST_TARGETS = 1000;
