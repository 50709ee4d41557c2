// What `replay` predicts of what the SBC recorded, by the policy it ran with.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BIN, POLICY, RECORD } from './sbc.ts';

export interface Replayed {
  /** Calls all of whose messages are as predicted, and those with differences. */
  readonly exact: number;
  readonly different: number;
  /** Messages that were predicted and not recorded, less those recorded and not predicted. */
  readonly surplus: number;
}

/** `records`: of its runs, within the folder. */
export async function replayed(folder: string, records: readonly string[] = [RECORD]): Promise<Replayed> {
  const captures = records.map((record) => join(folder, record));
  const args = [BIN, 'replay', '--policy', join(folder, POLICY), ...captures];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 }).catch(
    (error) => error,
  );
  const found = SUMMARY.exec(stdout);
  if (found === null) throw new Error(`replay: ${stdout}`);
  const [exact, different, predicted, recorded] = found
    .slice(1)
    .map((text) => Number(text.replaceAll(',', '')));
  return { exact: exact!, different: different!, surplus: predicted! - recorded! };
}

const SUMMARY =
  /^([\d,]+) calls? as predicted, ([\d,]+) with differences\s+\(([\d,]+) messages? predicted, ([\d,]+) recorded\)/m;
