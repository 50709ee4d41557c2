// `sipspect legs`: which legs of calls belong together across a box, how sure that is, and why.

import type { Call } from '../../dialog/call.ts';
import { spellOut } from '../../dialog/record/json-text.ts';
import { letGoOfEvents } from '../../legs/leg.ts';
import { BUCKETS, type LegPair, type UnpairedLeg } from '../../legs/pair.ts';
import { LegPairing } from '../../legs/pairing.ts';
import { CliError } from '../exit.ts';
import { openFilter } from '../filter.ts';
import type { CommonOptions } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import { Output } from '../output/output.ts';
import { painter } from '../output/paint.ts';
import { warn } from '../output/warn.ts';
import { readPolicy } from '../policy/policy-file.ts';
import { read } from '../read.ts';
import { pairLines, summaryLine, unpairedLines } from './legs-lines.ts';
import { pairRecord, unpairedRecord } from './legs-record.ts';

export interface LegsOptions extends CommonOptions {
  readonly header?: readonly string[];
  readonly minConfidence: string;
  readonly unpaired?: boolean;
  readonly policy?: string;
}

export async function legs(captures: readonly string[], options: LegsOptions): Promise<void> {
  const least = confidence(options.minConfidence);
  const output = new Output();
  const policy = options.policy === undefined ? undefined : await readPolicy(options.policy);
  const filter = await openFilter(options.filter);
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  const unwanted = new WeakSet<Call>();
  const counts = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as Record<
    LegPair['bucket'],
    number
  >;
  const unpaired: UnpairedLeg[] = [];
  let more = 0;
  const pairing = new LegPairing({
    legHeaders: options.header ?? [],
    ...(policy !== undefined && { policy }),
    joined: true,
    onPair(pair) {
      if (unwanted.has(pair.a.call) && unwanted.has(pair.b.call)) return;
      counts[pair.bucket]++;
      if (pair.confidence < least) return;
      if (options.json) output.line(spellOut(JSON.stringify(pairRecord(pair))));
      else output.write(pairLines(pair, paint));
    },
    onUnpaired(one) {
      if (unwanted.has(one.leg.call)) return;
      if (options.json && options.unpaired) output.line(spellOut(JSON.stringify(unpairedRecord(one))));
      else if (unpaired.length < MOST_UNPAIRED) unpaired.push(one);
      else more++;
    },
    onCapped: warn,
  });
  await read(captures, options, {
    output,
    keepMessages: true,
    ...(options.parallel !== true && { onRtp: (packet) => pairing.rtp(packet) }),
    ...(filter !== null && { onMessage: filter.collect }),
    onCall(call) {
      if (filter !== null && !filter.call(call)) unwanted.add(call);
      pairing.call(call);
      letGoOfEvents(call);
    },
  });
  pairing.end();
  if (!options.json) {
    if (unpaired.length > 0) output.write(unpairedLines(unpaired, more, paint));
    output.line(summaryLine(counts, unpaired.length + more, least));
  }
  await output.flush();
}

function confidence(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !(number >= 0 && number <= 1))
    throw new CliError(`--min-confidence takes a number from 0 to 1, not "${text}"`);
  return number;
}

/** Of these the table keeps no more. */
const MOST_UNPAIRED = 10_000;
