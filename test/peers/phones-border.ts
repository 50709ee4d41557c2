// The policy of a border between phones (127.0.0.8–15) and Kamailio, their registrar.
import type { PeerTransport } from './policy-text.ts';
import type { Place } from './tls-bridge.ts';

export interface PhonesBorder {
  /** Addresses of the SBC for phones, as a policy has them: `127.0.0.20:5060;transport=tcp`. */
  readonly phones: readonly string[];
  /** Phones elsewhere. */
  readonly further?: string;
  /** Of the SBC, and of Kamailio, and how they speak to one another. */
  readonly inner: Place;
  readonly core: Place;
  readonly transport: PeerTransport;
  /** Further lines of YAML at the end. */
  readonly more?: string;
}

export const [PHONES, INNER, CORE] = ['127.0.0.20', '127.0.0.30', '127.0.0.40'];

export function phonesPolicy({ phones, further, inner, core, transport, more = '' }: PhonesBorder): string {
  return `name: border
adjacencies:
  - name: phones
    local: [${phones.map((one) => `'${one}'`).join(', ')}]
    peers: [127.0.0.8/29${further === undefined ? '' : `, ${further}`}]
    registered-subscribers: true
    rewrite-register: true
    record-route-passthrough: false
    topology-hiding: false
  - name: core
    local: ['${inner.ip}:${inner.port};transport=${transport}']
    peers: [${core.ip}]
    next-hops: ['${core.ip}:${core.port};transport=${transport}']
    record-route-passthrough: false
    topology-hiding: false
routes:
  - match: { inbound-adjacency: phones }
    adjacency: core
registrars: [${core.ip}]
cac:
  - { name: all calls, caller-privacy: never, callee-privacy: never }
thresholds:
  short-session: 0s
  effectiveness-ratio: 0.5
ignore:
  - { rule: security/digest-weak, reason: Kamailio offers MD5 only }
  - { rule: security/digest-username-realm, reason: what SIPp writes into uri is the address it sends to }
  - { rule: security/nonce-reuse, reason: Kamailio gives all of a second the same nonce }
  - { rule: message/mandatory-header, user-agent: 'baresip*', reason: baresip lists no Supported in its 200 }
  - { rule: nat/received-rport, reason: SIPp answers as if there were no rport (RFC 3581 §4) }
${more}`;
}
