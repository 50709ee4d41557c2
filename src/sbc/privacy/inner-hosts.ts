// The hosts and addresses of a message that name the side it came from (rules.md §14, matching method), and text in which
// the SBC's own stands for them. What both sides know is none of them: who is called, and the SBC.
import { parseIpAddress } from '../../network/ip/ip-octets.ts';
import { normalHost } from '../../policy/address-range.ts';
import { parseSdp } from '../../sdp/session.ts';
import type { SipMessage } from '../../sip/message.ts';
import { sessionBody } from '../sdp/session-body.ts';
import type { PrivacySituation } from './situation.ts';

/** Nothing is looked for before it is asked for. */
export class InnerHosts {
  private readonly message: SipMessage;
  private readonly situation: PrivacySituation;
  private hosts: ReadonlySet<string> | undefined;
  private pattern: RegExp | null = null;
  private hasIpv6 = false;

  constructor(message: SipMessage, situation: PrivacySituation) {
    this.message = message;
    this.situation = situation;
  }

  /** Whether the domain is the party's, or at least not that of the other one. */
  isOfParty(host: string): boolean {
    const { from, to, uri, isRequest } = this.message;
    const name = normalHost(host);
    // From of a response is that of its request.
    const isSender = this.situation.party === 'caller' || isRequest;
    const [own, other] = isSender ? [from, to] : [to, from];
    if (name === normalHost(own?.uri.host ?? '')) return true;
    return name !== normalHost(other?.uri.host ?? '') && name !== normalHost(uri.host);
  }

  /** The text with the SBC's host in place of each. */
  mask(text: string): string {
    const hosts = this.all();
    const { ownHost } = this.situation;
    const substitute = ownHost.includes(':') ? `[${ownHost}]` : ownHost;
    const masked = this.pattern === null ? text : text.replace(this.pattern, substitute);
    if (!this.hasIpv6 || !masked.includes(':')) return masked;
    return masked.replace(IPV6, (word) => (hosts.has(normalHost(word)) ? substitute : word));
  }

  private all(): ReadonlySet<string> {
    if (this.hosts === undefined) {
      this.hosts = collect(this.message, this.situation);
      this.pattern = patternOf(this.hosts);
      this.hasIpv6 = [...this.hosts].some((host) => host.includes(':'));
    }
    return this.hosts;
  }
}

function collect(message: SipMessage, { party, isOwn }: PrivacySituation): ReadonlySet<string> {
  const known = new Set([normalHost(message.uri.host), normalHost(message.to?.uri.host ?? '')]);
  const { from } = message;
  // A domain is public, an address in From is the caller's own. What the callee says of itself there the caller has called.
  if (from !== undefined && (party === 'callee' || from.uri.hostKind === 'name'))
    known.add(normalHost(from.uri.host));
  const hosts = new Set<string>();
  for (const raw of hostsOf(message)) {
    if (raw === undefined || hosts.size === MAX_HOSTS) continue;
    const host = normalHost(raw);
    const isName = host.includes('.') && host.length >= MIN_HOST && host.length <= MAX_HOST;
    if (!isName && parseIpAddress(host) === undefined) continue;
    if (!known.has(host) && !NOBODY.has(host) && !isOwn(host)) hosts.add(host);
  }
  return hosts;
}

function* hostsOf(message: SipMessage): Generator<string | undefined> {
  yield message.src.ip;
  if (message.isRequest) {
    // Vias and Record-Route of a response are those of its request, and so are From and Call-ID.
    for (const { host, received, maddr } of message.vias) yield* [host, received, maddr];
    for (const { uri } of message.recordRoutes) yield uri.host;
    yield /@([^@]+)$/.exec(message.callId)?.[1];
    yield message.from?.uri.host;
  }
  const { contacts } = message;
  if (contacts !== '*') for (const { uri } of contacts) yield uri.host;
  const description = sessionBody(message);
  if (description === undefined) return;
  const sd = parseSdp(description);
  yield* [sd.origin?.address, sd.connection?.address];
  for (const media of sd.media) for (const { address } of media.connections) yield address;
}

/** As written, and an IPv4 address with dashes, as in names. */
function patternOf(hosts: ReadonlySet<string>): RegExp | null {
  const words = [...hosts].filter((host) => !host.includes(':'));
  if (words.length === 0) return null;
  const dashed = words.filter((word) => QUAD.test(word)).map((word) => word.replaceAll('.', '-'));
  const longestFirst = [...words, ...dashed].sort((one, other) => other.length - one.length);
  const any = longestFirst.map((word) => word.replace(/[^\w-]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\w-]|\\d\\.)(?:${any})(?![\\w-]|\\.[a-z0-9])`, 'gi');
}

const QUAD = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /\[?[0-9a-f]{0,4}:[0-9a-f:.]{1,45}\]?/gi;
const NOBODY: ReadonlySet<string> = new Set(['anonymous.invalid', 'localhost', '0.0.0.0', '::', '127.0.0.1']);
const MIN_HOST = 4;
/** RFC 1035 §2.3.4. */
const MAX_HOST = 253;
const MAX_HOSTS = 64;
