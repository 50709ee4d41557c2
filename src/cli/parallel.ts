// Whether to read captures in a thread of its own. It pays where that thread has messages to take apart: among media it
// would mostly skip packets, and a small capture is read before a thread has begun.
import { accessSync, closeSync, constants, openSync, readSync, statSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** `wanted` is what the user said, if anything. */
export function readsInParallel(
  captures: readonly string[],
  wanted: boolean | undefined,
  processors: number = availableParallelism(),
): boolean {
  if (captures.includes('-')) return false;
  if (wanted !== undefined) return wanted;
  const sizes = captures.map(sizeOf);
  const octets = sizes.reduce((sum, size) => sum + size, 0);
  if (octets < LARGE || processors < 2) return false;
  const sip = captures.reduce((sum, path, i) => sum + sizes[i] * sipShare(path, sizes[i]), 0);
  return sip >= octets * MUCH;
}

/** Octets of a regular file; 0 for others, and where none can be read: whoever reads it will say why. */
function sizeOf(path: string): number {
  try {
    accessSync(path, constants.R_OK);
    const status = statSync(path);
    return status.isFile() ? status.size : 0;
  } catch {
    return 0;
  }
}

/** About which share of a file is SIP, by how often its version stands in a few samples; 0 where it is compressed. */
function sipShare(path: string, size: number): number {
  if (size < SAMPLE) return 0;
  let versions = 0;
  const sample = Buffer.alloc(SAMPLE);
  const file = openSync(path, 'r');
  for (let i = 0; i < SAMPLES; i++) {
    readSync(file, sample, 0, SAMPLE, Math.floor(((size - SAMPLE) * i) / (SAMPLES - 1)));
    for (let at = sample.indexOf(VERSION); at >= 0; at = sample.indexOf(VERSION, at + 1)) versions++;
  }
  closeSync(file);
  return (versions * OCTETS_A_VERSION) / (SAMPLES * SAMPLE);
}

const LARGE = 32e6;
const MUCH = 0.25;
const SAMPLES = 8;
const SAMPLE = 8 << 10;
const VERSION = Buffer.from('SIP/2.0');
/** It stands in the start line and in each Via. */
const OCTETS_A_VERSION = 220;
