// Which peers there are on this machine. A test says what it needs; where CI is set everything has to be there.
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { test } from 'vitest';
import { canIsolate } from './process-group.ts';

export type Program =
  | ('tcpdump' | 'sipp' | 'kamailio' | 'kamailio-tls' | 'sipsak' | 'baresip' | 'openssl')
  /** One of its own, which a test makes. */
  | 'network namespace';

/** A test against real programs: it fails where CI is set and one of them is absent, and says elsewhere that it skipped. */
export function peerTest(needs: readonly Program[], name: string, run: () => Promise<void>): void {
  const missing = needs.filter((program) => !isThere(program));
  // Where a machine is too busy to answer within T1 messages are sent again, which SIPp and the audit do not let pass.
  if (missing.length === 0) test(name, { retry: 2, timeout: TIMEOUT }, run);
  else if (isCi)
    test(name, () => {
      throw new Error(`${missing.join(', ')} needed where CI is set`);
    });
  else test.skip(`${name} (SKIPPED: there is no ${missing.join(', ')})`, run);
}

function isThere(program: Program): boolean {
  let is = found.get(program);
  if (is === undefined) {
    // A package of its own.
    if (program === 'kamailio-tls') is = globSync('/usr/lib/*/kamailio/modules/tls.so').length > 0;
    else if (program === 'network namespace') is = canIsolate();
    else is = spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
    // Who may not record has none.
    if (program === 'tcpdump') is &&= process.getuid?.() === 0;
    found.set(program, is);
  }
  return is;
}

/** Milliseconds; a quiet machine needs a tenth. A program that lost its only answer waits for ever. */
const TIMEOUT = 30_000;
const found = new Map<Program, boolean>();
const isCi = ['true', '1'].includes(process.env['CI'] ?? '');
