// `sipspect ladder`: calls as ladder diagrams, one after the other: as text, pictures, or records.

import { readFileSync } from 'node:fs';
import type { Call } from '../../dialog/call.ts';
import { CallStreams } from '../../dialog/session/call-streams.ts';
import { Aliases, parseAlias, parseHosts } from '../../ladder/alias.ts';
import { draw } from '../../ladder/draw.ts';
import type { Flow } from '../../ladder/flow.ts';
import { eventsOfCalls, flowOf } from '../../ladder/from-call.ts';
import { boxNames, flowOfGroup } from '../../ladder/from-group.ts';
import { flowStreams } from '../../ladder/from-streams.ts';
import { ANSI_COLOURS, NO_COLOURS } from '../../ladder/palette.ts';
import { CallGroups } from '../../legs/call-groups.ts';
import { callChoice } from '../calls/call-choice.ts';
import { CallOrder } from '../calls/call-order.ts';
import { CliError, EXIT } from '../exit.ts';
import { openFilter } from '../filter.ts';
import type { CallChoice, CommonOptions } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import type { Output } from '../output/output.ts';
import { type FormatChoice, formatOf, refusePngOn, withOutput } from '../output/output-file.ts';
import { warn } from '../output/warn.ts';
import { read } from '../read.ts';
import { reasonOf } from '../reason.ts';
import { callsAround } from './calls-around.ts';
import { type FindingsChoice, ladderFindings } from './ladder-findings.ts';
import { LADDER_FORMAT_BY_END, type LadderFormat, ladderWriter } from './ladder-writer.ts';

export interface LadderOptions
  extends Omit<CommonOptions, 'json'>,
    CallChoice,
    FindingsChoice,
    FormatChoice<LadderFormat> {
  readonly ascii?: boolean;
  readonly width?: number;
  readonly time: 'absolute' | 'relative' | 'delta';
  readonly alias?: readonly string[];
  readonly hosts?: string;
  readonly collapse?: boolean;
  /** False: each call alone, though a box made one of the other. */
  readonly merge?: boolean;
  readonly header?: readonly string[];
  /** The media of the calls, an arrow a stream. */
  readonly rtp?: boolean;
  readonly frames: boolean;
  readonly secrets?: boolean;
}

export async function ladder(captures: readonly string[], options: LadderOptions): Promise<void> {
  const format = formatOf(options, LADDER_FORMAT_BY_END);
  if (format === 'png') refusePngOn(process.stdout, options);
  await withOutput(options.output, (output) => drawAll(captures, options, format, output));
}

async function drawAll(
  captures: readonly string[],
  options: LadderOptions,
  format: LadderFormat,
  output: Output,
): Promise<void> {
  const filter = await openFilter(options.filter);
  const isWanted = callChoice(options);
  const aliases = aliasesOf(options);
  const target = options.output === undefined ? process.stdout : {};
  const palette = colourWanted(options.color ?? 'auto', target) ? ANSI_COLOURS : NO_COLOURS;
  const width = options.width ?? (process.stdout.isTTY ? process.stdout.columns : undefined) ?? 80;
  const writer = await ladderWriter(format, output, {
    ...{ width, palette },
    ascii: options.ascii === true,
    time: options.time,
    frames: options.frames,
  });
  // Only a page shows messages.
  const page = format === 'html' ? await import('./ladder-message.ts') : null;
  const media = options.rtp === true ? new CallStreams(warn) : null;
  const judged = await ladderFindings(captures, options);
  const chosenCalls = new WeakSet<Call>();
  const print = (flow: Flow, calls: readonly Call[], names: Aliases): void => {
    const streams = media === null ? [] : flowStreams(calls.flatMap(({ id }) => media.of(id)));
    const found = judged === null ? flow : judged(flow, calls);
    const drawing = draw({ ...found, streams }, { aliases: names, collapse: options.collapse === true });
    const secrets = options.secrets === true;
    writer.add(drawing, () =>
      page === null ? [] : eventsOfCalls(calls).map((event) => page.ladderMessage(event, secrets)),
    );
  };
  const order = new CallOrder((call) => print(flowOf(call), [call], aliases));
  const groups =
    options.merge === false
      ? null
      : new CallGroups({
          least: LEAST,
          legHeaders: options.header ?? [],
          onGroup(group) {
            if (!group.calls.some((call) => chosenCalls.has(call))) return;
            print(flowOfGroup(group), group.calls, boxNames(aliases, group));
          },
        });
  const around = await callsAround(captures, options, { filter, isWanted, merged: groups !== null });
  let chosen = 0;
  let named = 0;
  await read(captures, options, {
    output,
    keepMessages: around,
    ...((filter !== null || media !== null) && {
      onMessage(message, info) {
        filter?.collect(message, info);
        media?.message(message, info.call);
      },
    }),
    onRtp: media === null ? undefined : (packet) => media.packet(packet),
    onCall(call: Call, { names }) {
      media?.call(call);
      const matches = filter === null || filter.call(call);
      const isChosen = matches && isWanted(call.id, call.callId);
      if (names.size !== named) aliases.addNames(names);
      named = names.size;
      if (isChosen) {
        chosen++;
        chosenCalls.add(call);
      }
      if (groups === null) order.add(call.id, isChosen ? call : null);
      else if (around(call.id)) groups.add(call);
    },
  });
  groups?.end();
  order.end();
  await writer.end();
  await output.flush();
  if (chosen === 0)
    throw new CliError('no call was chosen: see `sipspect calls` for what there is', EXIT.done);
}

/** --alias goes before --hosts; the names that captures carry come last. */
function aliasesOf(options: LadderOptions): Aliases {
  const aliases = new Aliases();
  for (const text of options.alias ?? []) {
    const alias = parseAlias(text);
    if ('error' in alias) throw new CliError(`--alias: ${alias.error}`);
    aliases.add(alias);
  }
  if (options.hosts === undefined) return aliases;
  const { aliases: hosts, unread } = parseHosts(readHosts(options.hosts));
  for (const { box, ...alias } of hosts) aliases.add(alias, box);
  if (unread.length > 0)
    process.stderr.write(
      `sipspect: --hosts: no name and address in line ${unread.slice(0, 10).join(', ')}\n`,
    );
  return aliases;
}

/** Confidence from which two calls are drawn as one. */
const LEAST = 0.7;

function readHosts(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`--hosts: ${path}: ${reasonOf(error as Error)}`);
  }
}
