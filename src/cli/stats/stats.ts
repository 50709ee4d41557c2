// `sipspect stats`: what the captures hold, counted; delays with percentiles; as tables, one JSON object, or a picture.
import { spellOut } from '../../dialog/record/json-text.ts';
import { openFilter } from '../filter.ts';
import type { CommonOptions } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import type { Output } from '../output/output.ts';
import { type FormatChoice, formatOf, refusePngOn, withOutput } from '../output/output-file.ts';
import { readPolicy } from '../policy/policy-file.ts';
import { read } from '../read.ts';
import { StatsCount } from './stats-count.ts';
import { PeerStats } from './stats-peers.ts';
import { printStats } from './stats-tables.ts';

export type StatsFormat = 'text' | 'json' | 'svg' | 'png' | 'html';

export interface StatsOptions extends Omit<CommonOptions, 'json'>, FormatChoice<StatsFormat> {
  readonly policy?: string;
}

export async function stats(captures: readonly string[], options: StatsOptions): Promise<void> {
  const format = formatOf(options, FORMAT_BY_END);
  if (format === 'png') refusePngOn(process.stdout, options);
  await withOutput(options.output, (output) => countAll(captures, options, format, output));
}

async function countAll(
  captures: readonly string[],
  options: StatsOptions,
  format: StatsFormat,
  output: Output,
): Promise<void> {
  const filter = await openFilter(options.filter);
  await filter?.settle(captures);
  const policy = options.policy === undefined ? null : await readPolicy(options.policy);
  const count = new StatsCount(new PeerStats(policy));
  const result = await read(captures, options, {
    output,
    keepsLittle: true,
    onMessage(message, info) {
      filter?.collect(message, info);
      if (filter === null || filter.message(message, info))
        count.message(message, info.retransmissionOf, info.duplicateOf);
    },
    onCall(call) {
      if (filter === null || filter.call(call)) count.call(call);
    },
  });
  const target = options.output === undefined ? process.stdout : {};
  if (format === 'text')
    await printStats(count, output, result, colourWanted(options.color ?? 'auto', target));
  else if (format === 'json') output.line(spellOut(JSON.stringify(count.record(result))));
  else {
    const { statsPicture } = await import('./stats-picture.ts');
    const picture = statsPicture(format === 'html' ? 'html' : 'svg', count, result);
    if (format === 'png') output.octets(await (await import('../ladder/png.ts')).pngOf(picture));
    else output.write(picture);
  }
  await output.flush();
}

const FORMAT_BY_END: Readonly<Record<string, StatsFormat>> = {
  '.txt': 'text',
  '.json': 'json',
  '.ndjson': 'json',
  '.jsonl': 'json',
  '.svg': 'svg',
  '.png': 'png',
  '.html': 'html',
  '.htm': 'html',
};
