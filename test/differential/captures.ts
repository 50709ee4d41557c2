// The captures that are compared: those of samples/, and those beside the project where they are.
import { globSync } from 'node:fs';
import { resolve } from 'node:path';
import { sharedCaptures } from '../capture/shared.ts';

export interface ComparedCapture {
  /** `samples/…` or `shared/…`, as the list of differences has it. */
  readonly name: string;
  readonly path: string;
}

export function sampleCaptures(): ComparedCapture[] {
  return globSync('*/*.{pcap,pcapng}{,.gz}', { cwd: SAMPLES })
    .sort()
    .map((name) => ({ name: `samples/${name}`, path: resolve(SAMPLES, name) }));
}

export function comparedCaptures(): ComparedCapture[] {
  const shared = sharedCaptures().map(({ name, path }) => ({ name: `shared/${name}`, path }));
  return [...sampleCaptures(), ...shared];
}

const SAMPLES = resolve(import.meta.dirname, '../../samples');
