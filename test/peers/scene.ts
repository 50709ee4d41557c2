// A border with SIPp on both sides: callers at 127.0.0.10, the SBC at 127.0.0.20 and 127.0.0.30, callees at 127.0.0.40.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from './free-port.ts';
import { type Judged, judged } from './judged.ts';
import { CALLER_SIDE, type Mode, type PeerTransport, policyText } from './policy-text.ts';
import { ProcessGroup } from './process-group.ts';
import { type Replayed, replayed } from './replayed.ts';
import { Sbc, type SbcSummary } from './sbc.ts';
import { CALLEE, inlineTls, Sides } from './sides.ts';

export interface Crossing {
  readonly mode: Mode;
  readonly transport: PeerTransport;
  /** Each is `NAME-caller.xml` and, unless `alone`, `NAME-callee.xml`; all are played at the same time. */
  readonly plays: readonly Play[];
}

export interface Play {
  readonly name: string;
  readonly calls: number;
  /** Milliseconds of each `<pause />`. */
  readonly pause?: number;
  /** The calls get no further than the SBC. */
  readonly alone?: boolean;
}

export interface Crossed extends Judged {
  /** What SIPp says of a play that did not go as its scenario says. */
  readonly failed: readonly string[];
  /** What the SBC logged as worse than info. */
  readonly bad: SbcSummary['bad'];
  readonly met: SbcSummary['met'];
  readonly replayed: Replayed;
}

/** Calls from SIPp to SIPp through the SBC. */
export async function cross({ mode, transport, plays }: Crossing): Promise<Crossed> {
  return inScene(async (group, folder) => {
    const [callerPort, calleePort] = [freePort(), freePort()];
    const sides = new Sides(group, folder, transport, { ip: CALLER_SIDE, port: callerPort });
    try {
      const callees = await Promise.all(
        plays.filter(({ alone }) => alone !== true).map((play) => sides.callee(play)),
      );
      const routes = plays.map(({ name }) => {
        const callee = callees.find(({ running }) => running.name === `${name}-callee`);
        return [name, `${CALLEE}:${callee?.port ?? 9}`] as const;
      });
      const more = transport === 'tls' ? inlineTls(folder) : '';
      const policy = policyText({ mode, transport, callerPort, calleePort, routes, more });
      const sbc = await Sbc.start(group, folder, policy);
      const callers = await Promise.all(plays.map((play) => sides.caller(play)));
      const failed = (await Promise.all(callers.map((caller) => caller.failure()))).flat();
      // Where a caller did not get to its end, the callee waits in vain.
      failed.push(...(await Promise.all(callees.map((callee) => callee.failure(PATIENCE)))).flat());
      const { bad, met } = await sbc.end();
      return { failed, bad, met, ...(await judged(folder)), replayed: await replayed(folder) };
    } finally {
      sides.close();
    }
  });
}

/** What a test starts and writes is gone after it; if PEERS_KEEP is set the files stay, and it says where they are. */
export async function inScene<T>(play: (group: ProcessGroup, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-peers-'));
  const group = new ProcessGroup();
  // Not `finally`: a test whose time is up never gets there.
  onTestFinished(async () => {
    await group.end();
    if (process.env['PEERS_KEEP'] === undefined) rmSync(folder, { recursive: true, force: true });
    else console.log(folder);
  });
  return play(group, folder);
}

const PATIENCE = 2000;
