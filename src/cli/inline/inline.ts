// `sipspect inline`: the SBC core on sockets, as a policy says, until it is told to stop.
import { dirname } from 'node:path';
import type { Severity } from '../../capture/diagnostic.ts';
import type { LogFields, LogLevel } from '../../inline/log.ts';
import type { PinoLog } from '../../inline/pino-log.ts';
import { RecordFile } from '../../inline/record-file.ts';
import { Recorder } from '../../inline/recorder.ts';
import { InlineServer } from '../../inline/server.ts';
import type { Traffic } from '../../inline/traffic.ts';
import { printable } from '../../ladder/printable.ts';
import type { Policy } from '../../policy/policy.ts';
import { CliError } from '../exit.ts';
import { readOctets } from '../policy/policy-file.ts';
import { reasonOf } from '../reason.ts';
import { version } from '../version.ts';
import { HeldSignals } from './held-signals.ts';
import { LiveCheck } from './inline-check.ts';
import { finalSummary, StatusLine } from './inline-status.ts';

export interface InlineOptions {
  readonly policy: string;
  readonly record?: string;
  readonly check?: boolean;
  readonly minSeverity: Severity;
  readonly log?: string;
  readonly logLevel: LogLevel;
  readonly dns?: readonly string[];
}

export async function inline(options: InlineOptions): Promise<void> {
  const source = await policySource(options.policy);
  const log = await openLog(options);
  const record = await openRecord(options.record);
  const recorder = record && new Recorder((octets) => record.write(octets));
  const run: Run = {
    options,
    log,
    record,
    recorder,
    traffic: new SharedTraffic(recorder),
    check: null,
    judgedBy: '',
  };
  const signals = new HeldSignals();
  const server = await start(run, source).catch((error: unknown) => {
    signals.release();
    throw error;
  });
  try {
    await openCheck(run, server, source);
    await running(run, server, signals);
  } finally {
    signals.release();
    await server.stop();
    await run.check?.end();
    await record?.close();
    const { counters } = server.driver;
    if (record !== null && record.left > 0)
      log.write('warn', 'inline/record-incomplete', { packets: record.left, error: record.error });
    process.stdout.write(printableLines(finalSummary(counters, server.gauges())));
    log.flush();
  }
}

interface Source {
  readonly policy: Policy;
  readonly text: string;
}

interface Run {
  readonly options: InlineOptions;
  readonly log: PinoLog;
  readonly record: RecordFile | null;
  readonly recorder: Recorder | null;
  readonly traffic: SharedTraffic;
  check: LiveCheck | null;
  /** Text of the policy that the check goes by. */
  judgedBy: string;
}

/** Until a signal ends it: SIGTERM once the calls are over, SIGINT or a second signal at once. */
async function running(run: Run, server: InlineServer, signals: HeldSignals): Promise<void> {
  const status = new StatusLine(server.driver.counters, server.clock.now());
  const isTerminal = process.stdout.isTTY === true;
  const draw = (): void => {
    if (isTerminal) process.stdout.write(`\r\x1b[K${status.next(server.gauges(), server.clock.now())}`);
  };
  const drawing = setInterval(draw, 1000);
  await new Promise<void>((done) => {
    const onError = (error: unknown): void => server.driver.failed('uncaught', error);
    const stop = (): void => {
      process.off('uncaughtException', onError);
      done();
    };
    // One message must not end the calls of everybody.
    process.on('uncaughtException', onError);
    signals.listen((signal) => {
      if (signal === 'SIGHUP') void reload(run, server);
      else if (signal === 'SIGINT' || server.draining) stop();
      else {
        run.log.write('info', 'inline/draining', { ...server.driver.pending });
        void server.drain().then(stop);
      }
    });
  });
  clearInterval(drawing);
  if (isTerminal) process.stdout.write('\r\x1b[K');
  run.log.write('info', 'inline/stopping', { ...server.driver.pending });
}

/** SIGHUP: the policy, the certificates and the log anew. What is wrong with them is logged, and all stays as it was. */
async function reload(run: Run, server: InlineServer): Promise<void> {
  run.log.reopen();
  try {
    const source = await policySource(run.options.policy);
    await server.reload(source.policy);
    await openCheck(run, server, source);
    run.log.write('info', 'inline/reloaded', { policy: run.options.policy });
  } catch (error) {
    run.log.write('error', 'inline/reload-failed', { error: (error as Error).message });
  }
}

async function start({ options, log, traffic }: Run, { policy }: Source): Promise<InlineServer> {
  if (policy.adjacencies.length === 0)
    throw new CliError(`${options.policy}: has no adjacency to listen for`);
  try {
    const isHeard = options.record !== undefined || options.check === true;
    return await InlineServer.start({
      ...{ policy, log, version: version(), folder: dirname(options.policy), dns: options.dns ?? [] },
      traffic: isHeard ? traffic : undefined,
    });
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

/** A policy that is new is judged by from now on. */
async function openCheck(run: Run, server: InlineServer, { text }: Source): Promise<void> {
  const { options, log, recorder } = run;
  if (options.check !== true || run.judgedBy === text) return;
  run.judgedBy = text;
  run.traffic.check = null;
  await run.check?.end();
  run.check = new LiveCheck({
    policy: { text, file: options.policy },
    minSeverity: options.minSeverity,
    frame: recorder && (() => recorder.packets),
    onFinding({ rule, severity, message, call, frames, peer }) {
      server.driver.counters.add('findings', rule);
      const fields: LogFields = {
        rule,
        severity,
        message,
        peer,
        callId: call?.callId ?? null,
        frames: frames.join(','),
      };
      log.write(severity === 'info' ? 'info' : 'warn', 'check/finding', fields);
    },
    onLeft(messages) {
      server.driver.counters.add('not-judged', '', messages);
      log.write('warn', 'check/left-out', { messages });
    },
    onFailure: (error) =>
      log.write('error', 'check/failed', { error: String((error as Error).stack ?? error) }),
  });
  run.traffic.check = run.check;
}

/** The record first, so that the check knows the packet's number. */
class SharedTraffic implements Traffic {
  check: LiveCheck | null = null;
  private readonly recorder: Recorder | null;

  constructor(recorder: Recorder | null) {
    this.recorder = recorder;
  }

  message(...told: Parameters<Traffic['message']>): void {
    this.recorder?.message(...told);
    this.check?.message(...told);
  }

  connected(...told: Parameters<Traffic['connected']>): void {
    this.recorder?.connected(...told);
  }

  closed(...told: Parameters<Traffic['closed']>): void {
    this.recorder?.closed(...told);
  }
}

async function policySource(file: string): Promise<Source> {
  const text = (await readOctets(file)).toString('utf8');
  const [{ parsePolicy }, { formatPolicyError }] = await Promise.all([
    import('../../policy/parse-policy.ts'),
    import('../../policy/policy-error.ts'),
  ]);
  const { policy, errors } = parsePolicy(text, file);
  if (policy === undefined) throw new CliError(errors.map(formatPolicyError).join('\n'));
  return { policy, text };
}

async function openLog({ log, logLevel }: InlineOptions): Promise<PinoLog> {
  const { pinoLog } = await import('../../inline/pino-log.ts');
  try {
    return await pinoLog(log ?? null, logLevel);
  } catch (error) {
    throw new CliError(`--log ${log}: ${reasonOf(error as Error)}`);
  }
}

async function openRecord(path: string | undefined): Promise<RecordFile | null> {
  if (path === undefined) return null;
  try {
    return await RecordFile.open(path);
  } catch (error) {
    throw new CliError(`--record ${path}: ${reasonOf(error as Error)}`);
  }
}

function printableLines(text: string): string {
  return text
    .split('\n')
    .map((line) => printable(line))
    .join('\n');
}
