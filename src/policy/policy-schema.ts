// The schema of sbc.yaml: what keys there are, what they take, and what they mean. The same schema checks a policy and is
// published as JSON Schema for editors.
import { z } from 'zod';
import { EMPTY_POLICY } from './default-policy.ts';
import { formatDuration } from './duration.ts';
import { ADJACENCY, CAC_ENTRY, ROUTE } from './schema-adjacency.ts';
import { DECISIONS } from './schema-decisions.ts';
import { INLINE } from './schema-inline.ts';
import { THRESHOLDS } from './schema-thresholds.ts';
import { addressOfRecord, date, described, duration, name, pattern, range, ranges } from './schema-values.ts';

/** The JSON Schema (draft 2020-12) of a policy. The same object each time: not to be changed. */
export function policySchema(): Readonly<Record<string, unknown>> {
  published ??= z.toJSONSchema(POLICY_FILE, { target: 'draft-2020-12', io: 'input' });
  return published;
}

let published: Readonly<Record<string, unknown>> | undefined;
const { networks, legs, emergencyNumbers } = EMPTY_POLICY;

const INTERWORKING = described(
  z.strictObject({
    'late-early': described(
      z.array(
        described(
          z.strictObject({
            inbound: name('The adjacency that the call comes in by.', ['caller_adj']),
            outbound: name('The adjacency that it leaves by.', ['callee_adj']),
          }),
          'Two adjacencies.',
          [{ inbound: 'caller_adj', outbound: 'callee_adj' }],
        ),
      ),
      'Between which adjacencies calls without an offer get one from the SBC (late to early media). IM does not pass there.',
      [[{ inbound: 'caller_adj', outbound: 'callee_adj' }]],
    ).optional(),
  }),
  'Interworking of the SBC that IM takes no part in.',
  [{ 'late-early': [{ inbound: 'caller_adj', outbound: 'callee_adj' }] }],
);

const NETWORKS = described(
  z.strictObject({
    public: ranges('Networks that count as public whatever else says so.', [['192.168.100.0/24']]).optional(),
    private: described(
      ranges('Private networks; in place of the usual ones, not besides them.', [['10.0.0.0/8', 'fc00::/7']]),
      'Private networks; in place of the usual ones, not besides them.',
      [['10.0.0.0/8', 'fc00::/7']],
      networks.private.map((one) => one.text),
    ).optional(),
    trusted: ranges('The trust domain of RFC 3325, besides trusted adjacencies. Without it: not known.', [
      ['10.1.0.0/16'],
    ]).optional(),
    media: ranges('Addresses from which the SBC relays media.', [['192.168.10.64/26']]).optional(),
    monitoring: ranges('Probes of your own, which are no scanners.', [['10.0.9.9']]).optional(),
    'tls-terminators': ranges('Boxes that end TLS and hand on plain SIP: no downgrade of sips.', [
      ['10.0.0.80'],
    ]).optional(),
  }),
  'What networks are.',
  [{ trusted: ['10.1.0.0/16'] }],
);

const LEGS = described(
  z.strictObject({
    headers: described(
      z.array(
        z
          .string('the name of a header')
          .regex(/^[A-Za-z0-9\-.!%*_+`'~]+$/, 'the name of a header, such as X-CID'),
      ),
      'Headers in which a box names the Call-ID of the other leg, the most telling first.',
      [['X-CID']],
      legs.headers,
    ).optional(),
    window: duration('How long after the request came in it may leave.', formatDuration(legs.windowMs)),
    'invite-window': duration('The same for INVITE.', formatDuration(legs.inviteWindowMs)),
    'message-window': duration('The same for MESSAGE.', formatDuration(legs.messageWindowMs)),
  }),
  'How the two legs of a call are found.',
  [{ headers: ['X-CID'] }],
);

const IGNORE = described(
  z.strictObject({
    rule: pattern('Pattern with * and ? for rules.', ['nat/*']),
    peer: described(range(), 'Only where this address, network or host is a party.', ['10.1.2.3']).optional(),
    'user-agent': pattern('Only where User-Agent or Server matches the pattern.', ['*oldPBX*']).optional(),
    until: described(date(), 'The last day on which it holds; without it, for good.', [
      '2027-01-31',
    ]).optional(),
    reason: name('Why. Reports repeat it.', ['replaced in spring, ticket 4711']),
  }),
  'Findings that are known and accepted. Everything that is given must hold.',
  [{ rule: 'nat/*', peer: '10.1.2.3', reason: 'lab' }],
);

const SEVERITY = z.enum(['off', 'error', 'warning', 'info'], { error: 'off, error, warning or info' });

export const POLICY_FILE = described(
  z.strictObject({
    name: name('Name of the SBC, for reports.', ['border-1']).optional(),
    adjacencies: described(z.array(ADJACENCY), 'The sides of the SBC.', [
      [{ name: 'caller_adj', local: ['192.168.2.20'] }],
    ]).optional(),
    cac: described(z.array(CAC_ENTRY), 'Who is hidden from whom.', [
      [{ 'caller-privacy': 'never' }],
    ]).optional(),
    interworking: INTERWORKING.optional(),
    routes: described(z.array(ROUTE), 'Where the SBC core sends what; the checker does not need them.', [
      [{ adjacency: 'callee_adj' }],
    ]).optional(),
    registrars: ranges('Addresses and names of registrars.', [['registrar.example.com']]).optional(),
    registered: described(
      z.array(addressOfRecord()),
      'Addresses of record that are registered although the capture does not show it.',
      [['sip:bob@example.com']],
    ).optional(),
    networks: NETWORKS.optional(),
    'emergency-numbers': described(
      z.array(name('A number or user part.', ['112'])),
      'Numbers and user parts that call for help, besides urn:service:sos.',
      [['112', '911']],
      emergencyNumbers,
    ).optional(),
    'unsolicited-events': described(
      z.array(name('An event package.', ['message-summary'])),
      'Event packages whose NOTIFY may come without a subscription.',
      [['message-summary']],
    ).optional(),
    decisions: DECISIONS.optional(),
    legs: LEGS.optional(),
    rules: described(
      z.record(z.string(), SEVERITY),
      'Rules switched off or graded anew: a pattern with * and ?, and off, error, warning or info. The last that matches holds.',
      [{ 'quality/*': 'off', 'im/mixed-offer-not-488': 'warning' }],
    ).optional(),
    ignore: described(z.array(IGNORE), 'Findings that are known and accepted.', [
      [{ rule: 'nat/*', reason: 'lab' }],
    ]).optional(),
    thresholds: THRESHOLDS.optional(),
    inline: INLINE.optional(),
  }),
  'The description of a session border controller, for sipspect audit, replay and inline.',
  [{ adjacencies: [{ name: 'caller_adj', local: ['192.168.2.20'] }] }],
).meta({ title: 'sipspect policy' });

export type PolicyFile = z.infer<typeof POLICY_FILE>;
