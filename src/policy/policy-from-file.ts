// A policy as it stands in its file, checked → the policy with every default filled in.
import { type AddressRange, parseRange } from './address-range.ts';
import { EMPTY_POLICY } from './default-policy.ts';
import { parseDuration } from './duration.ts';
import { fromKeys } from './file-key.ts';
import { parseLocalAddress, parseNextHop } from './host-address.ts';
import { inlineOf, tlsOf } from './inline-file.ts';
import type { Adjacency, CacEntry, Known, NextHop, Policy, Route } from './policy.ts';
import type { PolicyFile } from './policy-schema.ts';

export function policyOf(file: PolicyFile): Policy {
  const { networks, legs, decisions, thresholds } = EMPTY_POLICY;
  return {
    name: file.name ?? null,
    adjacencies: (file.adjacencies ?? []).map(adjacencyOf),
    cac: (file.cac ?? []).map(cacEntryOf),
    interworking: {
      lateEarly: (file.interworking?.['late-early'] ?? []).map(({ inbound, outbound }) => [
        inbound,
        outbound,
      ]),
    },
    routes: (file.routes ?? []).map(routeOf),
    registrars: ranges(file.registrars),
    registered: file.registered ?? [],
    networks: {
      public: ranges(file.networks?.public),
      private: file.networks?.private === undefined ? networks.private : ranges(file.networks.private),
      trusted: file.networks?.trusted === undefined ? null : ranges(file.networks.trusted),
      media: ranges(file.networks?.media),
      monitoring: ranges(file.networks?.monitoring),
      tlsTerminators: ranges(file.networks?.['tls-terminators']),
    },
    emergencyNumbers: file['emergency-numbers'] ?? EMPTY_POLICY.emergencyNumbers,
    unsolicitedEvents: file['unsolicited-events'] ?? [],
    decisions: { ...decisions, ...fromKeys(file.decisions ?? {}) },
    legs: {
      headers: file.legs?.headers ?? legs.headers,
      windowMs: milliseconds(file.legs?.window, legs.windowMs),
      inviteWindowMs: milliseconds(file.legs?.['invite-window'], legs.inviteWindowMs),
      messageWindowMs: milliseconds(file.legs?.['message-window'], legs.messageWindowMs),
    },
    rules: Object.entries(file.rules ?? {}).map(([rule, severity]) => ({ rule, severity })),
    ignore: (file.ignore ?? []).map((entry) => ({
      rule: entry.rule,
      peer: entry.peer === undefined ? null : parseRange(entry.peer)!,
      userAgent: entry['user-agent'] ?? null,
      until: entry.until ?? null,
      reason: entry.reason,
    })),
    thresholds: { ...thresholds, ...fromKeys(file.thresholds ?? {}) },
    inline: inlineOf(file.inline),
  };
}

function adjacencyOf(file: NonNullable<PolicyFile['adjacencies']>[number]): Adjacency {
  return {
    name: file.name,
    account: file.account ?? null,
    local: (file.local ?? []).map((text) => parseLocalAddress(text)!),
    peers: ranges(file.peers),
    nextHops: nextHops(file['next-hops']),
    recordRouteUri: file['record-route-uri'] ?? null,
    recordRoutePassthrough: known(file['record-route-passthrough']),
    topologyHiding: known(file['topology-hiding']),
    registeredSubscribers: file['registered-subscribers'] ?? false,
    rewriteRegister: known(file['rewrite-register']),
    trusted: known(file.trusted),
    h323: file.h323 ?? false,
    tls: tlsOf(file.tls),
  };
}

function cacEntryOf(file: NonNullable<PolicyFile['cac']>[number], index: number): CacEntry {
  const { match } = file;
  return {
    name: file.name ?? `entry ${index + 1}`,
    match: {
      adjacency: match?.adjacency ?? null,
      inboundAdjacency: match?.['inbound-adjacency'] ?? null,
      outboundAdjacency: match?.['outbound-adjacency'] ?? null,
      account: match?.account ?? null,
      inboundAccount: match?.['inbound-account'] ?? null,
      outboundAccount: match?.['outbound-account'] ?? null,
      caller: match?.caller ?? null,
      callee: match?.callee ?? null,
    },
    callerPrivacy: file['caller-privacy'] ?? null,
    calleePrivacy: file['callee-privacy'] ?? null,
  };
}

function routeOf(file: NonNullable<PolicyFile['routes']>[number], index: number): Route {
  return {
    name: file.name ?? `route ${index + 1}`,
    match: {
      inboundAdjacency: file.match?.['inbound-adjacency'] ?? null,
      requestUri: file.match?.['request-uri'] ?? null,
      to: file.match?.to ?? null,
    },
    adjacency: file.adjacency,
    nextHops: nextHops(file['next-hops']),
  };
}

function known(value: boolean | 'unknown' | undefined): Known {
  return value === undefined || value === 'unknown' ? null : value;
}

function ranges(texts: readonly string[] | undefined): AddressRange[] {
  return (texts ?? []).map((text) => parseRange(text)!);
}

function nextHops(texts: readonly string[] | undefined): NextHop[] {
  return (texts ?? []).map((text) => parseNextHop(text)!);
}

function milliseconds(text: string | undefined, usual: number): number {
  return text === undefined ? usual : parseDuration(text)!;
}
