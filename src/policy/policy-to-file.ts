// A policy → what its file says: the reverse of policy-from-file.ts. What is as it is by default is left out, or not.
import type { AddressRange } from './address-range.ts';
import { EMPTY_POLICY } from './default-policy.ts';
import { formatDuration } from './duration.ts';
import { toKeys } from './file-key.ts';
import { formatLocalAddress, formatNextHop } from './host-address.ts';
import { DEFAULT_INLINE, type InlineSettings, type TlsSettings } from './inline-settings.ts';
import type { Adjacency, CacEntry, IgnoreEntry, Known, Policy, Route } from './policy.ts';
import type { PolicyFile } from './policy-schema.ts';
import { DECISIONS } from './schema-decisions.ts';
import { INLINE_LIMITS } from './schema-inline.ts';
import { THRESHOLDS } from './schema-thresholds.ts';

/** With `everything`, defaults are spelled out. */
export function fileOf(policy: Policy, everything: boolean): PolicyFile {
  const { networks, legs, decisions, thresholds, emergencyNumbers } = EMPTY_POLICY;
  const usual = everything ? null : { networks, legs, decisions, thresholds, emergencyNumbers };
  const file = {
    name: policy.name,
    adjacencies: policy.adjacencies.map((one) => adjacency(one, everything)),
    cac: policy.cac.map(cacEntry),
    interworking: compact({
      'late-early': policy.interworking.lateEarly.map(([inbound, outbound]) => ({ inbound, outbound })),
    }),
    routes: policy.routes.map(route),
    registrars: texts(policy.registrars),
    registered: policy.registered,
    networks: compact({
      public: texts(policy.networks.public),
      trusted: policy.networks.trusted && { keep: texts(policy.networks.trusted) },
      private: unless(texts(policy.networks.private), usual && texts(usual.networks.private)),
      media: texts(policy.networks.media),
      monitoring: texts(policy.networks.monitoring),
      'tls-terminators': texts(policy.networks.tlsTerminators),
    }),
    'emergency-numbers': unless(policy.emergencyNumbers, usual?.emergencyNumbers),
    'unsolicited-events': policy.unsolicitedEvents,
    decisions: different(keysOf(DECISIONS), policy.decisions, usual?.decisions),
    legs: compact({
      headers: unless(policy.legs.headers, usual?.legs.headers),
      window: time(policy.legs.windowMs, usual?.legs.windowMs),
      'invite-window': time(policy.legs.inviteWindowMs, usual?.legs.inviteWindowMs),
      'message-window': time(policy.legs.messageWindowMs, usual?.legs.messageWindowMs),
    }),
    rules: Object.fromEntries(policy.rules.map(({ rule, severity }) => [rule, severity])),
    ignore: policy.ignore.map(ignoreEntry),
    thresholds: different(keysOf(THRESHOLDS), policy.thresholds, usual?.thresholds),
    inline: inline(policy.inline, everything),
  };
  return compact(file) as PolicyFile;
}

function adjacency(one: Adjacency, everything: boolean): object {
  const known = (value: Known): unknown => value ?? (everything ? 'unknown' : null);
  const flag = (value: boolean): unknown => (value || everything ? value : null);
  return compact({
    name: one.name,
    account: one.account,
    local: one.local.map(formatLocalAddress),
    peers: texts(one.peers),
    'next-hops': one.nextHops.map(formatNextHop),
    'record-route-uri': one.recordRouteUri,
    'record-route-passthrough': known(one.recordRoutePassthrough),
    'topology-hiding': known(one.topologyHiding),
    'registered-subscribers': flag(one.registeredSubscribers),
    'rewrite-register': known(one.rewriteRegister),
    trusted: known(one.trusted),
    h323: flag(one.h323),
    tls: one.tls && tls(one.tls, {}),
  });
}

function inline(one: InlineSettings, everything: boolean): object {
  const usual = everything ? null : DEFAULT_INLINE;
  return compact({
    'unknown-sources': one.unknownSources === usual?.unknownSources ? null : one.unknownSources,
    methods: one.methods,
    'user-agent': one.userAgent,
    metrics: one.metrics,
    store: one.store,
    drain: one.drainMs === usual?.drainMs ? null : formatDuration(one.drainMs),
    tls: tls(one.tls, usual?.tls ?? {}),
    limits: different(keysOf(INLINE_LIMITS), one.limits, usual?.limits),
  });
}

function tls(one: Partial<TlsSettings>, usual: Partial<TlsSettings>): object {
  return compact({
    certificate: one.certificate,
    key: one.key,
    ca: one.ca,
    'client-certificate': one.clientCertificate === usual.clientCertificate ? null : one.clientCertificate,
    verify: one.verify === usual.verify ? null : one.verify,
  });
}

function cacEntry({ name, match, callerPrivacy, calleePrivacy }: CacEntry): object {
  return compact({
    name,
    match: compact({
      adjacency: match.adjacency,
      'inbound-adjacency': match.inboundAdjacency,
      'outbound-adjacency': match.outboundAdjacency,
      account: match.account,
      'inbound-account': match.inboundAccount,
      'outbound-account': match.outboundAccount,
      caller: match.caller,
      callee: match.callee,
    }),
    'caller-privacy': callerPrivacy,
    'callee-privacy': calleePrivacy,
  });
}

function route({ name, match, adjacency: outbound, nextHops }: Route): object {
  return compact({
    name,
    match: compact({
      'inbound-adjacency': match.inboundAdjacency,
      'request-uri': match.requestUri,
      to: match.to,
    }),
    adjacency: outbound,
    'next-hops': nextHops.map(formatNextHop),
  });
}

function ignoreEntry({ rule, peer, userAgent, until, reason }: IgnoreEntry): object {
  return compact({ rule, peer: peer?.text, 'user-agent': userAgent, until, reason });
}

/** Without what is null, undefined, an empty list or an empty mapping; `{ keep }` stays as it is. */
function compact(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object' && 'keep' in value) kept[key] = value.keep;
    else if (typeof value !== 'object' || Object.keys(value).length > 0) kept[key] = value;
  }
  return kept;
}

/** A list that is as usual is left out; another stands, an empty one too. */
function unless(list: readonly string[], usual: readonly string[] | null | undefined): unknown {
  return usual && list.join('\n') === usual.join('\n') ? null : { keep: list };
}

function time(milliseconds: number, usual: number | undefined): string | null {
  return milliseconds === usual ? null : formatDuration(milliseconds);
}

function different(
  keys: readonly string[],
  fields: object,
  usual: object | undefined,
): Readonly<Record<string, unknown>> {
  const file = toKeys(fields, keys);
  if (usual === undefined) return file;
  const usually = toKeys(usual, keys);
  return Object.fromEntries(Object.entries(file).filter(([key, value]) => usually[key] !== value));
}

function keysOf(schema: { readonly shape: object }): string[] {
  return Object.keys(schema.shape);
}

function texts(ranges: readonly AddressRange[]): string[] {
  return ranges.map((range) => range.text);
}
