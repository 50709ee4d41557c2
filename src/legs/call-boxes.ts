// The messages of one call → which of its addresses are one box. A box is known by its ip; by its ports too where a call
// shows several boxes at one ip (a loopback, two phones behind one NAT). A box's own ports are kept together: a client's
// connections come from ephemeral ports (RFC 3261 §18.1.1), and a server may answer from another port (§18.2.2).
import type { Call, CallEvent } from '../dialog/call.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { sentByPort } from '../policy/host-address.ts';
import { METHOD } from '../sip/method.ts';

/** `ip:port` → the name of its box: equal names are one box. */
export function boxesOf({ events = [], endpoints }: Call): (endpoint: Endpoint) => string {
  if (new Set(endpoints.map(({ ip }) => ip)).size === endpoints.length) return ({ ip }) => ip;
  const ports = portsByIp(events);
  const shared = new Map([...ports].filter(([, endpoints]) => endpoints.size > 1));
  if (shared.size === 0) return ({ ip }) => ip;
  const boxes = new Map<string, string>();
  const evidence = gatherEvidence(events, shared);
  for (const endpoints of shared.values()) nameBoxes([...endpoints.values()], evidence, boxes);
  return ({ ip, text }) => boxes.get(text) ?? ip;
}

interface Evidence {
  /** `ip:port` → one that is the same box. */
  readonly same: Map<string, string>;
  /** Pairs of `ip:port` that are different boxes. */
  readonly apart: [string, string][];
  /** Ips that send to themselves: one host with several boxes. */
  readonly crowded: Set<string>;
  /** `ip:port` from which requests came over a connection, and that never got one. */
  readonly clients: Set<string>;
}

function portsByIp(events: readonly CallEvent[]): Map<string, Map<string, Endpoint>> {
  const ports = new Map<string, Map<string, Endpoint>>();
  for (const { message } of events) {
    for (const endpoint of [message.src, message.dst]) {
      const known = ports.get(endpoint.ip);
      if (known === undefined) ports.set(endpoint.ip, new Map([[endpoint.text, endpoint]]));
      else if (!known.has(endpoint.text) && known.size < MAX_PORTS) known.set(endpoint.text, endpoint);
    }
  }
  return ports;
}

function gatherEvidence(
  events: readonly CallEvent[],
  shared: ReadonlyMap<string, ReadonlyMap<string, Endpoint>>,
): Evidence {
  const evidence: Evidence = { same: new Map(), apart: [], crowded: new Set(), clients: new Set() };
  const requests = new Map<number, CallEvent>();
  const branches = new Map<string, CallEvent>();
  const served = new Set<string>();
  for (const event of events) {
    const { message, transaction, upstream } = event;
    const { src, dst } = message;
    if (src.ip === dst.ip && src !== dst) {
      evidence.apart.push([src.text, dst.text]);
      evidence.crowded.add(src.ip);
    }
    if (!message.isRequest) {
      const request = requests.get(transaction)?.message;
      if (request !== undefined) {
        unite(evidence.same, request.dst, src);
        unite(evidence.same, request.src, dst);
      }
      continue;
    }
    if (transaction < 0 || requests.has(transaction)) continue;
    requests.set(transaction, event);
    served.add(dst.text);
    if (message.transport !== 'udp') evidence.clients.add(src.text);
    uniteSentBy(evidence.same, event, shared);
    // A request does not go on to the box it came from.
    const before = requests.get(upstream)?.message;
    if (before !== undefined && before.src.ip === dst.ip && before.src !== dst)
      evidence.apart.push([before.src.text, dst.text]);
    // RFC 3261 §16.6: the branches of a fork go to different places.
    if (message.toTagStart >= 0 || message.methodId === METHOD.CANCEL) continue;
    const fork = `${upstream} ${src.text} ${message.cseqNumber} ${message.method} ${message.fromTag}`;
    const branch = branches.get(fork)?.message;
    if (branch === undefined) branches.set(fork, event);
    else if (branch.dst.ip === dst.ip && branch.dst !== dst && branch.branch !== message.branch)
      evidence.apart.push([branch.dst.text, dst.text]);
  }
  for (const text of served) evidence.clients.delete(text);
  return evidence;
}

/** RFC 3261 §18.1.1: where the sender of a request takes its responses. */
function uniteSentBy(
  same: Map<string, string>,
  { message }: CallEvent,
  shared: ReadonlyMap<string, ReadonlyMap<string, Endpoint>>,
): void {
  const { src } = message;
  const ports = shared.get(src.ip);
  if (ports === undefined) return;
  const via = message.vias[0];
  if (via === undefined || via.host.replace(/^\[|\]$/g, '') !== src.ip) return;
  const port = sentByPort(via);
  for (const home of ports.values()) if (home.port === port) unite(same, home, src);
}

/** Each port joins the boxes before it, unless it is known to be apart from all of them. */
function nameBoxes(endpoints: readonly Endpoint[], evidence: Evidence, boxes: Map<string, string>): void {
  const { same, apart, crowded, clients } = evidence;
  const foes = new Map<string, Set<string>>();
  for (const [one, other] of apart) {
    const [a, b] = [rootOf(same, one), rootOf(same, other)];
    if (a === b) continue;
    foes.set(a, (foes.get(a) ?? new Set()).add(b));
    foes.set(b, (foes.get(b) ?? new Set()).add(a));
  }
  const groups: string[][] = [];
  for (const { ip, text } of endpoints) {
    const root = rootOf(same, text);
    if (groups.some((roots) => roots.includes(root))) continue;
    // Where a host talks to itself, two ports are two boxes, unless one is no more than a connection's end.
    const joins = !crowded.has(ip) || clients.has(text);
    const friends = groups.find((roots) => !roots.some((one) => foes.get(one)?.has(root)));
    if (joins && friends !== undefined) friends.push(root);
    else groups.push([root]);
  }
  for (const { ip, text } of endpoints) {
    const root = rootOf(same, text);
    const group = groups.find((roots) => roots.includes(root))!;
    boxes.set(text, groups.length === 1 ? ip : group[0]);
  }
}

function unite(same: Map<string, string>, one: Endpoint, other: Endpoint): void {
  if (one === other || one.ip !== other.ip) return;
  const [a, b] = [rootOf(same, one.text), rootOf(same, other.text)];
  if (a !== b) same.set(b, a);
}

function rootOf(same: ReadonlyMap<string, string>, text: string): string {
  let root = text;
  for (let next = same.get(root); next !== undefined; next = same.get(root)) root = next;
  return root;
}

/** Ports of one ip that are told apart in one call. */
const MAX_PORTS = 64;
