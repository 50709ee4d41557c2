// The SBC as a program runs it: core, driver, sockets, DNS, store, metrics, put together; started, given another policy, drained
// and stopped.
import type { Server as HttpServer } from 'node:http';
import { resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseLocalAddress } from '../policy/host-address.ts';
import type { Policy } from '../policy/policy.ts';
import { SbcCore } from '../sbc/core.ts';
import { type Clock, systemClock } from './clock.ts';
import { InlineDriver } from './driver.ts';
import { serveHttp } from './http-server.ts';
import { listenerPlans, planKey } from './listener-plan.ts';
import { LiveMemory } from './live-memory.ts';
import type { Log } from './log.ts';
import { type Gauges, prometheusText } from './metrics.ts';
import { RandomIdentifiers } from './random-identifiers.ts';
import { HopResolver } from './resolver.ts';
import { StoreFile } from './store-file.ts';
import { systemLookups } from './system-lookups.ts';
import { TlsTable } from './tls-table.ts';
import type { Traffic } from './traffic.ts';
import { Transports } from './transports.ts';

export interface ServerOptions {
  readonly policy: Policy;
  /** Where the policy's names of files begin. */
  readonly folder: string;
  readonly log: Log;
  readonly version: string;
  readonly traffic?: Traffic | undefined;
  /** Addresses of DNS servers; empty: those of the system. */
  readonly dns?: readonly string[];
}

export class InlineServer {
  readonly driver: InlineDriver;
  readonly transports: Transports;
  readonly clock: Clock;
  draining = false;
  private readonly options: ServerOptions;
  private readonly store: StoreFile | null;
  private tls: TlsTable;
  private http: HttpServer | null = null;
  private readonly startedAt: number;
  private readonly lag: ReturnType<typeof monitorEventLoopDelay>;
  private readonly memory = new LiveMemory();
  private ticks = 0;
  private ticker: NodeJS.Timeout | null = null;
  private storeError = '';

  /** Rejects with words for the user when something that the policy asks for cannot be had. */
  static async start(options: ServerOptions): Promise<InlineServer> {
    const { policy, folder } = options;
    const tls = await TlsTable.read(policy, folder);
    const path = policy.inline.store;
    const store = path === null ? null : await StoreFile.open(resolve(folder, path));
    const server = new InlineServer(options, tls, store);
    try {
      await server.open();
    } catch (error) {
      await server.stop();
      throw error;
    }
    return server;
  }

  private constructor(options: ServerOptions, tls: TlsTable, store: StoreFile | null) {
    const { policy, log, dns = [] } = options;
    const { limits } = policy.inline;
    const identifiers = new RandomIdentifiers();
    const clock = systemClock();
    const resolver = new HopResolver(systemLookups(dns), clock, Math.random);
    this.options = options;
    this.clock = clock;
    this.startedAt = clock.now();
    this.tls = tls;
    this.store = store;
    this.driver = new InlineDriver({
      ...{ policy, clock, log, identifiers, traffic: options.traffic },
      core: new SbcCore({
        ...{ policy, identifiers, persists: store !== null },
        limits: { sessions: limits.calls, transactions: limits.transactions },
      }),
      resolve: (hop, reach) => resolver.resolve(hop, reach),
      ...(store !== null && { store: (key, record) => store.store(key, record) }),
    });
    this.transports = new Transports({
      ...{ user: this.driver, clock, limits },
      tlsAt: (key) => this.tls.at(key),
      hopName: (remote) => resolver.nameOf(remote),
    });
    this.driver.carrier = this.transports;
    this.lag = monitorEventLoopDelay({ resolution: 20 });
  }

  get policy(): Policy {
    return this.driver.policy;
  }

  /** Where metrics are served; null: nowhere. */
  get metricsPort(): number | null {
    const address = this.http?.address();
    return typeof address === 'object' && address !== null ? address.port : null;
  }

  /** Calls that are up go on. Rejects, with everything as it was, when the new policy asks for what cannot be had. */
  async reload(policy: Policy): Promise<void> {
    const { transports } = this;
    const tls = await TlsTable.read(policy, this.options.folder);
    const before = new Set(transports.listening);
    const { plans } = listenerPlans(policy);
    const [oldTls, opened] = [this.tls, [] as string[]];
    this.tls = tls;
    try {
      for (const plan of plans) {
        await transports.listen(plan);
        opened.push(planKey(plan.transport, plan.ip, plan.port));
      }
    } catch (error) {
      this.tls = oldTls;
      for (const key of opened) if (!before.has(key)) await transports.leave(key);
      throw error;
    }
    this.sayLater(policy);
    transports.limits = policy.inline.limits;
    transports.renewTls();
    this.driver.changePolicy(policy);
    for (const key of before) if (!opened.includes(key)) await transports.leave(key);
    this.say(policy);
  }

  /** Nothing new is taken; resolves when the calls are over, or `drainMs` has passed. */
  async drain(): Promise<void> {
    if (!this.draining) this.driver.drain();
    this.draining = true;
    const until = this.clock.now() + this.policy.inline.drainMs;
    while (this.clock.now() < until && this.isBusy) await new Promise((done) => setTimeout(done, 50));
  }

  /** At once. What was to be stored is. */
  async stop(): Promise<void> {
    if (this.ticker !== null) clearInterval(this.ticker);
    this.ticker = null;
    this.lag.disable();
    this.memory.close();
    this.driver.close();
    await this.transports.close();
    const { http } = this;
    this.http = null;
    if (http !== null) {
      http.closeAllConnections();
      await new Promise<void>((closed) => http.close(() => closed()));
    }
    this.store?.close();
  }

  gauges(): Gauges {
    return {
      pending: this.driver.pending,
      connections: this.transports.connectionCount,
      memoryOctets: Math.round(this.memory.mebibytes * 1_048_576),
      uptimeSeconds: Math.round((this.clock.now() - this.startedAt) / 1000),
      lagSeconds: Math.max(this.lag.percentile(99) / 1e9 - LAG_RESOLUTION, 0),
      draining: this.draining,
      overloaded: this.driver.overloaded,
      version: this.options.version,
    };
  }

  private get isBusy(): boolean {
    // Calls that are being set up among them.
    return (this.driver.pending['dialogs'] ?? 0) > 0;
  }

  private async open(): Promise<void> {
    const { driver, store, policy } = this;
    if (store !== null) driver.restore(store.records(this.clock.now()));
    for (const plan of listenerPlans(policy).plans) await this.transports.listen(plan);
    const { metrics } = policy.inline;
    if (metrics !== null) {
      const { host, port } = parseLocalAddress(metrics)!;
      this.http = await serveHttp(host, port, {
        metrics: () => prometheusText(driver.counters, this.gauges()),
        health: () => this.health(),
      });
    }
    this.lag.enable();
    this.ticker = setInterval(() => this.tick(), 1000);
    this.say(policy);
  }

  private health(): { readonly ok: boolean; readonly body: object } {
    const { pending, connections, uptimeSeconds, draining, overloaded } = this.gauges();
    const status = draining ? 'draining' : overloaded ? 'overloaded' : 'ok';
    const { dialogs = 0, bindings = 0 } = pending;
    return { ok: status === 'ok', body: { status, uptimeSeconds, dialogs, bindings, connections } };
  }

  private tick(): void {
    this.driver.look(this.memory.mebibytes, this.memory.most);
    this.transports.look();
    const error = this.store?.error ?? '';
    if (error !== this.storeError)
      this.options.log.write(error === '' ? 'info' : 'error', 'inline/store', {
        error: error || 'none any more',
      });
    this.storeError = error;
    if (++this.ticks % TLS_SECONDS === 0) void this.lookAtTls();
  }

  private async lookAtTls(): Promise<void> {
    try {
      const tls = await TlsTable.read(this.policy, this.options.folder);
      if (tls.equals(this.tls)) return;
      this.tls = tls;
      this.transports.renewTls();
      this.options.log.write('info', 'inline/certificates-read');
    } catch (error) {
      // Those that were read before go on.
      this.options.log.write('error', 'inline/certificates', { error: (error as Error).message });
    }
  }

  /** What is taken at the start only. */
  private sayLater({ inline }: Policy): void {
    const before = this.options.policy.inline;
    const later = [
      ...(['metrics', 'store'] as const).filter((key) => inline[key] !== before[key]),
      ...(['calls', 'transactions'] as const).filter((key) => inline.limits[key] !== before.limits[key]),
    ];
    if (later.length > 0) this.options.log.write('warn', 'inline/needs-restart', { keys: later.join(', ') });
  }

  private say(policy: Policy): void {
    for (const left of listenerPlans(policy).left)
      this.options.log.write('warn', 'inline/not-listened', { what: left });
    this.options.log.write('info', 'inline/listening', { on: this.transports.listening.join(', ') });
  }
}

/** Of monitorEventLoopDelay, in seconds: what it measures on top of it is the delay. */
const LAG_RESOLUTION = 0.02;
const TLS_SECONDS = 60;
