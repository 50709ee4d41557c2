// Refused authentications of each source over time: passwords being guessed, users being found out. Bounded: the source
// silent longest is forgotten first.
import type { Thresholds } from '../../policy/thresholds.ts';
import type { SipMessage } from '../../sip/message.ts';
import { METHOD } from '../../sip/method.ts';
import { challengesOf, credentialsOf } from '../facts/digest.ts';
import { ownText } from '../facts/own-text.ts';
import { RecentMap } from '../facts/recent-map.ts';

export interface Attack {
  readonly kind: 'brute-force' | 'enumeration';
  /** IP address. */
  readonly source: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly frames: readonly number[];
}

export class AuthenticationFailures {
  private readonly thresholds: Thresholds;
  /** Requests with credentials that wait for their answer. */
  private readonly tried = new Set<string>();
  private readonly sources = new RecentMap<string, Source>(MOST);

  constructor(thresholds: Thresholds) {
    this.thresholds = thresholds;
  }

  /** Takes a message that is no retransmission; gives each attack once. */
  add(m: SipMessage): Attack | undefined {
    if (m.isRequest) {
      if (m.methodId === METHOD.REGISTER || m.methodId === METHOD.INVITE) this.request(m);
      return undefined;
    }
    if (m.cseqMethodId !== METHOD.REGISTER && m.cseqMethodId !== METHOD.INVITE) return undefined;
    const tried = this.tried.delete(keyOf(m));
    const { status } = m;
    if (status < 400 || (status !== 401 && status !== 407 && status !== 403 && status !== 404))
      return undefined;
    const source = this.source(m.dst.ip);
    if (tried) return this.refused(source, m);
    // The user of an INVITE's To is who is called, not who asks.
    if (m.cseqMethodId !== METHOD.REGISTER) return undefined;
    if (source.users.size < MOST_USERS)
      noteUser(source, m.to?.uri.user ?? '', status === 401 || status === 407);
    return this.enumerated(source, m);
  }

  private request(m: SipMessage): void {
    if (credentialsOf(m).length === 0) return;
    this.tried.add(keyOf(m));
    if (this.tried.size > MOST) this.tried.delete(this.tried.values().next().value!);
  }

  private refused(source: Source, m: SipMessage): Attack | undefined {
    // RFC 7616 §3.3: stale=true asks for the same password with a new nonce.
    if (challengesOf(m).some((one) => one.get('stale')?.toLowerCase() === 'true')) return undefined;
    const { bruteForceFailures, bruteForceMs } = this.thresholds;
    const { failures } = source;
    failures.push({ second: m.seconds, frame: m.frame });
    while (failures[0]!.second < m.seconds - bruteForceMs / 1000) failures.shift();
    if (failures.length < bruteForceFailures || source.told.has('brute-force')) return undefined;
    source.told.add('brute-force');
    const data = { failures: failures.length, source: source.ip, seconds: bruteForceMs / 1000 };
    return { kind: 'brute-force', source: source.ip, data, frames: failures.map(({ frame }) => frame) };
  }

  /** RFC 3261 §26.3: an answer that differs for users that do not exist tells who does. */
  private enumerated(source: Source, m: SipMessage): Attack | undefined {
    const { users, challenged } = source;
    if (users.size < this.thresholds.enumerationUsers || source.told.has('enumeration')) return undefined;
    if (challenged === 0 || challenged === users.size) return undefined;
    source.told.add('enumeration');
    return {
      kind: 'enumeration',
      source: source.ip,
      data: { users: users.size, source: source.ip },
      frames: [m.frame],
    };
  }

  private source(ip: string): Source {
    const source = this.sources.get(ip) ?? {
      ip,
      failures: [],
      users: new Map(),
      challenged: 0,
      told: new Set(),
    };
    this.sources.delete(ip);
    this.sources.set(ip, source);
    return source;
  }
}

interface Source {
  readonly ip: string;
  readonly failures: { readonly second: number; readonly frame: number }[];
  /** User → whether it was challenged; false: said not to exist. */
  readonly users: Map<string, boolean>;
  /** How many of them were. */
  challenged: number;
  readonly told: Set<Attack['kind']>;
}

function noteUser(source: Source, user: string, challenged: boolean): void {
  if (source.users.get(user) === true) source.challenged--;
  if (challenged) source.challenged++;
  source.users.set(user, challenged);
}

function keyOf(m: SipMessage): string {
  return ownText(`${m.callId}\n${m.cseqNumber}`);
}

const MOST = 20_000;
const MOST_USERS = 1000;
