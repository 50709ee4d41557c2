// What `sipspect inline` goes by besides what makes the SBC: files, limits, and what it says of itself. Times in
// milliseconds.

export interface TlsSettings {
  /** PEM files; null: none. */
  readonly certificate: string | null;
  readonly key: string | null;
  /** Authorities that certificates of the other side are held against; null: those that the system knows. */
  readonly ca: string | null;
  /** Whether those that connect have to show a certificate (mutual TLS). */
  readonly clientCertificate: 'none' | 'optional' | 'required';
  /** Whether the certificate of a next hop has to be right, its name included. */
  readonly verify: boolean;
}

export interface InlineLimits {
  /** Octets of a message, and of its header section; header lines. */
  readonly messageOctets: number;
  readonly headerOctets: number;
  readonly headers: number;
  /** Messages a second of one source address; of one that no adjacency knows. As many may come at once. */
  readonly sourceRate: number;
  readonly strangerRate: number;
  readonly calls: number;
  readonly transactions: number;
  readonly connections: number;
  readonly connectionsPerSource: number;
  /** MiB in use above which nothing new is taken. */
  readonly memory: number;
  /** Silence after which a connection is closed. */
  readonly idleMs: number;
  /** For a message on a connection to come whole. */
  readonly slowMessageMs: number;
  /** For a connection, and TLS on it, to be there. */
  readonly connectMs: number;
  /** Octets that wait for a peer to read them. */
  readonly queuedOctets: number;
}

export interface InlineSettings {
  /** Who belongs to no adjacency gets no answer, or 403. */
  readonly unknownSources: 'silent' | 'refuse';
  /** Methods that are let in; empty: all that the SBC knows. */
  readonly methods: readonly string[];
  /** For User-Agent and Server of what the SBC says by itself; null: says nothing. */
  readonly userAgent: string | null;
  /** `127.0.0.1:9090`: where metrics and health are served over HTTP; null: nowhere. */
  readonly metrics: string | null;
  /** File in which registrations and calls outlive a restart; null: they do not. */
  readonly store: string | null;
  /** How long SIGTERM waits for calls to end. */
  readonly drainMs: number;
  readonly tls: TlsSettings;
  readonly limits: InlineLimits;
}

export const DEFAULT_TLS: TlsSettings = {
  certificate: null,
  key: null,
  ca: null,
  clientCertificate: 'none',
  verify: true,
};

export const DEFAULT_INLINE: InlineSettings = {
  unknownSources: 'silent',
  methods: [],
  userAgent: null,
  metrics: null,
  store: null,
  drainMs: 300_000,
  tls: DEFAULT_TLS,
  limits: {
    messageOctets: 65_535,
    headerOctets: 32_768,
    headers: 200,
    sourceRate: 20_000,
    strangerRate: 20,
    calls: 50_000,
    transactions: 400_000,
    connections: 10_000,
    connectionsPerSource: 1000,
    memory: 2048,
    idleMs: 3_600_000,
    slowMessageMs: 10_000,
    connectMs: 5000,
    queuedOctets: 4 << 20,
  },
};
