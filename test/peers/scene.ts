// A border with SIPp on both sides: callers at 127.0.0.10, the SBC at 127.0.0.20 and 127.0.0.30, callees at 127.0.0.40.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { type Border, CALLER_SIDE, type Mode, policyText } from './policy-text.ts';
import { ProcessGroup } from './process-group.ts';
import { Sbc, type SbcSummary } from './sbc.ts';
import { Sipp, type SippOptions, type SippResult } from './sipp.ts';

export interface Crossing {
  readonly mode: Mode;
  readonly transport?: 'udp' | 'tcp';
  /** Names of scenarios. */
  readonly caller: string;
  readonly callee: string;
  readonly calls: number;
  readonly keys?: Readonly<Record<string, string>>;
  readonly border?: Partial<Border>;
  readonly callerOptions?: Partial<SippOptions>;
  readonly calleeOptions?: Partial<SippOptions>;
}

export interface Crossed {
  readonly caller: SippResult;
  readonly callee: SippResult;
  readonly sbc: SbcSummary;
}

/** So many calls from SIPp to SIPp through the SBC. */
export async function cross(crossing: Crossing): Promise<Crossed> {
  return inScene(async (group, folder) => {
    const { mode, transport = 'udp', calls } = crossing;
    const [callerPort, calleePort, callersPort] = [freePort(), freePort(), freePort()];
    const keys = { ...viaKeys(transport), ...crossing.keys };
    const common = { transport, calls, keys };
    const callee = await Sipp.start(group, folder, {
      ...{ ...common, name: 'callee', scenario: crossing.callee, ip: '127.0.0.40' },
      ...crossing.calleeOptions,
    });
    const policy = policyText({
      ...{ mode, transport, callerPort, calleePort },
      ...{ callerHop: `127.0.0.10:${callersPort}`, calleeHop: `127.0.0.40:${callee.port}` },
      ...crossing.border,
    });
    const sbc = await Sbc.start(group, folder, policy);
    const caller = await Sipp.start(group, folder, {
      ...{ ...common, name: 'caller', scenario: crossing.caller, ip: '127.0.0.10', port: callersPort },
      to: `${CALLER_SIDE}:${callerPort}`,
      ...crossing.callerOptions,
    });
    const called = await caller.result();
    // Where the caller did not get to the end, the callee waits for it in vain.
    return { caller: called, callee: await callee.result(PATIENCE), sbc: await sbc.end() };
  });
}

/** What a test starts and writes is gone after it. */
export async function inScene<T>(play: (group: ProcessGroup, folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'sipspect-peers-'));
  const group = new ProcessGroup();
  try {
    return await play(group, folder);
  } finally {
    await group.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Values of `[via]` and `[uri_transport]`. */
export function viaKeys(transport: 'udp' | 'tcp' | 'tls'): Record<string, string> {
  return {
    via: transport.toUpperCase(),
    uri_transport: transport === 'udp' ? '' : `;transport=${transport}`,
  };
}

const PATIENCE = 3000;
