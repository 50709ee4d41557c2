// The schema of what `sipspect inline` goes by: TLS, limits, files.
import { z } from 'zod';
import { METHODS } from '../sip/method.ts';
import { formatDuration } from './duration.ts';
import { DEFAULT_INLINE, DEFAULT_TLS, type InlineLimits } from './inline-settings.ts';
import { choice, count, described, duration, flag, hostAddress, name } from './schema-values.ts';

const file = (description: string, example: string) => name(description, [example]).optional();

const TLS_KEYS = {
  certificate: file('PEM file with the certificate, and those between it and the authority.', 'tls/sbc.crt'),
  key: file('PEM file with its private key.', 'tls/sbc.key'),
  ca: file(
    'PEM file with the authorities that certificates of the other side are held against. Without it those that the system knows.',
    'tls/ca.crt',
  ),
  'client-certificate': choice(
    ['none', 'optional', 'required'],
    'Whether those that connect have to show a certificate (mutual TLS).',
    DEFAULT_TLS.clientCertificate,
  ),
  verify: flag(
    'Whether the certificate of a next hop has to be right and has to have its name (RFC 5922).',
    DEFAULT_TLS.verify,
  ),
};

/** Of an adjacency. */
export const ADJACENCY_TLS = described(
  z.strictObject(TLS_KEYS),
  'TLS on this side, for sipspect inline. A key that is not here is taken from tls of inline.',
  [{ certificate: 'tls/sbc.crt', key: 'tls/sbc.key' }],
);

const { limits: USUAL } = DEFAULT_INLINE;
const most = (description: string, field: keyof InlineLimits, highest = 100_000_000) =>
  count(description, USUAL[field], highest);
const time = (description: string, field: keyof InlineLimits) =>
  duration(description, formatDuration(USUAL[field]));

export const INLINE_LIMITS = described(
  z.strictObject({
    'message-octets': most('Octets of a message; 513 for more, where it can be said.', 'messageOctets'),
    'header-octets': most('Octets of its header section.', 'headerOctets', 262_144),
    headers: most('Header lines of a message.', 'headers', 4096),
    'source-rate': most(
      'Messages a second from one address of a peer; as many may come at once.',
      'sourceRate',
    ),
    'stranger-rate': most('The same for addresses that no adjacency has.', 'strangerRate'),
    calls: most('Calls at a time; 503 for more.', 'calls'),
    transactions: most('Transactions at a time; 503 for more.', 'transactions'),
    connections: most('TCP and TLS connections at a time.', 'connections'),
    'connections-per-source': most('Those of one address.', 'connectionsPerSource'),
    memory: most(
      'MiB in use (or three quarters of what Node can have); above it nothing new is taken (503).',
      'memory',
    ),
    idle: time('Silence after which a connection is closed.', 'idleMs'),
    'slow-message': time('Time for a message on a connection to come whole.', 'slowMessageMs'),
    connect: time('Time for a connection, and TLS on it, to be there.', 'connectMs'),
    'queued-octets': most(
      'Octets that wait for a peer to read them; then its connection is closed.',
      'queuedOctets',
    ),
  }),
  'What peers may take of the SBC.',
  [{ 'source-rate': 500, calls: 2000 }],
);

export const INLINE = described(
  z.strictObject({
    'unknown-sources': choice(
      ['silent', 'refuse'],
      'Who belongs to no adjacency gets no answer at all, or 403.',
      DEFAULT_INLINE.unknownSources,
    ),
    methods: described(
      z.array(z.enum(METHODS.slice(1) as [string, ...string[]], { error: 'a method of SIP such as INVITE' })),
      'Methods that are let in; 405 for others. Without it all that the SBC knows.',
      [['INVITE', 'ACK', 'BYE', 'CANCEL', 'OPTIONS', 'MESSAGE']],
    ).optional(),
    'user-agent': name('What User-Agent and Server of the SBC’s own messages say. Without it nothing.', [
      'border-1',
    ]).optional(),
    metrics: described(
      hostAddress(),
      'Where metrics (Prometheus, /metrics) and health (/health) are served over HTTP. Without it nowhere.',
      ['127.0.0.1:9090'],
    ).optional(),
    store: file(
      'SQLite file in which registrations and calls outlive a restart. Without it they do not.',
      'sbc.sqlite',
    ),
    drain: duration('How long SIGTERM waits for calls to end.', formatDuration(DEFAULT_INLINE.drainMs)),
    tls: described(z.strictObject(TLS_KEYS), 'TLS, for every adjacency that does not say otherwise.', [
      { certificate: 'tls/sbc.crt', key: 'tls/sbc.key', 'client-certificate': 'optional' },
    ]).optional(),
    limits: INLINE_LIMITS.optional(),
  }),
  'For sipspect inline only: files, limits, TLS. Names of files are as seen from the folder of the policy.',
  [{ metrics: '127.0.0.1:9090', store: 'sbc.sqlite' }],
);
