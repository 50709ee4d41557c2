// The schema of adjacencies, of CAC entries and of routes.
import { z } from 'zod';
import { ADJACENCY_TLS } from './schema-inline.ts';
import {
  choice,
  described,
  flag,
  hostAddress,
  known,
  name,
  pattern,
  ranges,
  sipUri,
} from './schema-values.ts';

const PRIVACY = ['never', 'account-boundary', 'always'] as const;

const NEXT_HOPS = described(
  z.array(hostAddress()),
  'Where requests are sent, tried in order: host, and port and transport where they are not left to DNS (RFC 3263).',
  [['10.0.0.5:5060;transport=tcp', 'proxy.example.com']],
).optional();

export const ADJACENCY = described(
  z.strictObject({
    name: name('Name of the adjacency; CAC entries, routes and reports refer to it.', ['caller_adj']),
    account: name(
      'The organisation on the other side. Between two accounts there is an account boundary (caller-privacy).',
      ['acme'],
    ).optional(),
    local: described(
      z.array(hostAddress()),
      "The SBC's own addresses and names on this side. Port 5060 (5061 for tls) and any transport unless given.",
      [['192.168.2.20', 'sbc.example.com', '192.168.2.20:5061;transport=tls']],
    ).optional(),
    peers: ranges(
      'Who is on the other side: addresses, networks, host names. Without it: anyone who sends to a local address.',
      [['10.0.0.0/8', '2001:db8::/32']],
    ).optional(),
    'next-hops': NEXT_HOPS,
    'record-route-uri': described(
      sipUri(),
      'The URI by which the SBC names this adjacency in Record-Route. Without it any URI whose host is local.',
      ['sip:caller_adj@sbc.example.com'],
    ).optional(),
    'record-route-passthrough': known(
      'Whether Record-Route and Contact of calls that come in here pass through (Cisco: passthrough header record-route). unknown: inferred from traffic.',
    ),
    'topology-hiding': known('Whether what names this side is hidden from the other. unknown: inferred.'),
    'registered-subscribers': flag('Whether subscribers register through this adjacency.', false),
    'rewrite-register': known(
      'Whether Contact of REGISTER is rewritten (Cisco: registration rewrite-register); on the subscribers’ side or the registrar’s side.',
    ),
    trusted: known('Whether the other side is in the trust domain of RFC 3325.'),
    h323: flag('Whether the other side speaks H.323; IM does not interwork with it.', false),
    tls: ADJACENCY_TLS.optional(),
  }),
  'One side of the SBC: a signalling relationship with one peer or one kind of peers.',
  [{ name: 'caller_adj', local: ['192.168.2.20'], peers: ['10.0.0.0/8'] }],
);

export const CAC_ENTRY = described(
  z.strictObject({
    name: name('Name of the entry, for reports.', ['hide residential callers']).optional(),
    match: described(
      z.strictObject({
        adjacency: name('An adjacency on either side of the call.', ['caller_adj']).optional(),
        'inbound-adjacency': name('The adjacency that the call came in by.', ['caller_adj']).optional(),
        'outbound-adjacency': name('The adjacency that the call leaves by.', ['callee_adj']).optional(),
        account: name('An account on either side of the call.', ['acme']).optional(),
        'inbound-account': name('The account that the call came from.', ['acme']).optional(),
        'outbound-account': name('The account that the call goes to.', ['carrier']).optional(),
        caller: pattern('Pattern with * and ?: for the caller’s user part, or user@host.', [
          'alice',
          '*@example.com',
        ]).optional(),
        callee: pattern('Pattern with * and ?: for the callee’s user part, or user@host.', [
          '+49*',
        ]).optional(),
      }),
      'Which calls the entry is for. Everything that is given must hold; nothing given: all calls.',
      [{ 'inbound-adjacency': 'caller_adj' }],
    ).optional(),
    'caller-privacy': choice(
      PRIVACY,
      'Whether the caller is hidden from the callee: never, towards other accounts only, or always.',
    ),
    'callee-privacy': choice(
      PRIVACY,
      'Whether the callee is hidden from the caller. Where no entry says, see decisions, callee-privacy-fallback.',
    ),
  }),
  'A CAC table entry. The first that matches and has a value decides, for caller and callee apart.',
  [{ match: { 'inbound-adjacency': 'caller_adj' }, 'caller-privacy': 'always' }],
);

export const ROUTE = described(
  z.strictObject({
    name: name('Name of the route, for reports.', ['to the core']).optional(),
    match: described(
      z.strictObject({
        'inbound-adjacency': name('The adjacency that the request came in by.', ['caller_adj']).optional(),
        'request-uri': pattern('Pattern for the Request-URI: its user part, or user@host.', [
          '*@example.com',
        ]).optional(),
        to: pattern('Pattern for the To URI: its user part, or user@host.', ['+49*']).optional(),
      }),
      'Which requests it is for. Nothing given: all.',
      [{ 'inbound-adjacency': 'caller_adj', 'request-uri': '+49*' }],
    ).optional(),
    adjacency: name('The adjacency by which they leave.', ['callee_adj']),
    'next-hops': NEXT_HOPS,
  }),
  'A route of the SBC core; the first that matches is taken.',
  [{ match: { 'inbound-adjacency': 'caller_adj' }, adjacency: 'callee_adj' }],
);
