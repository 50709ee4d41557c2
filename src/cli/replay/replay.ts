// `sipspect replay`: the messages that reached an SBC go into the core; what it would have sent is compared with what was recorded,
// or with what it would have sent under another policy.

import type { Severity } from '../../capture/diagnostic.ts';
import { isAtLeast } from '../../capture/severity.ts';
import type { Call } from '../../dialog/call.ts';
import { spellOut } from '../../dialog/record/json-text.ts';
import { printable } from '../../ladder/printable.ts';
import type { LegPair } from '../../legs/pair.ts';
import { LegPairing } from '../../legs/pairing.ts';
import { withLearntRecordRoutes } from '../../replay/learnt-record-route.ts';
import { withLearntRoutes } from '../../replay/learnt-routes.ts';
import type { Sent } from '../../replay/matching.ts';
import type { ScenarioOutcome } from '../../replay/outcome.ts';
import { predictedCapture } from '../../replay/predicted-capture.ts';
import type { Prediction } from '../../replay/prediction.ts';
import { type Recording, recordingOf } from '../../replay/recording.ts';
import { replay as replayed, whatIf } from '../../replay/replay.ts';
import { replayRecord } from '../../replay/replay-record.ts';
import { worstOf } from '../../replay/severity.ts';
import { summaryOf } from '../../replay/summary.ts';
import { twoLadders } from '../../replay/two-ladders.ts';
import { Bindings } from '../../rules/facts/bindings.ts';
import { SbcCore } from '../../sbc/core.ts';
import { callChoice } from '../calls/call-choice.ts';
import { CliError, EXIT } from '../exit.ts';
import { openFilter } from '../filter.ts';
import type { CallChoice, CommonOptions } from '../options.ts';
import { colourWanted } from '../output/colour.ts';
import { Output } from '../output/output.ts';
import { type Paint, painter } from '../output/paint.ts';
import { warn } from '../output/warn.ts';
import { read } from '../read.ts';
import { writeFile } from '../write/write-file.ts';
import { ladderLines } from './replay-ladder.ts';
import {
  callLines,
  cosmeticLines,
  headline,
  kindLines,
  RECORDING,
  type Sides,
  WHAT_IF,
} from './replay-lines.ts';
import { givenPolicy, learntPolicy, otherPolicy, type PolicyOptions } from './replay-policy.ts';

export interface ReplayOptions extends CommonOptions, CallChoice, PolicyOptions {
  readonly header?: readonly string[];
  readonly ladder?: boolean;
  readonly all?: boolean;
  readonly write?: string;
  readonly width?: number;
  readonly ascii?: boolean;
  readonly failOn: Severity | 'never';
}

export async function replay(captures: readonly string[], options: ReplayOptions): Promise<void> {
  const output = new Output();
  const given = await givenPolicy(options);
  const other = await otherPolicy(options);
  const isWanted = callChoice(options);
  const filter = await openFilter(options.filter);
  const recording = await record(captures, options, given, output);
  const unwanted = new WeakSet<Call>();
  for (const { calls } of recording.scenarios.all)
    for (const call of calls)
      if (!isWanted(call.id, call.callId) || (filter !== null && !filter.call(call))) unwanted.add(call);
  const makeCore = (setup: {
    policy: Recording['policy'];
    identifiers: ConstructorParameters<typeof SbcCore>[0]['identifiers'];
  }) => new SbcCore({ ...setup, persists: false });
  const paint = painter(colourWanted(options.color ?? 'auto', process.stdout));
  const show = { options, output, paint, recording, unwanted };
  if (other === null) {
    const { prediction, scenarios } = replayed(recording, makeCore);
    report(show, { prediction, other: null, scenarios, sides: RECORDING });
    await write(options.write, recording, prediction);
    await output.flush();
    fail(
      scenarios.filter((one) => wanted(one, unwanted)),
      options.failOn,
    );
  } else {
    const { now, then, scenarios } = whatIf(recording, await other(recording.policy), makeCore);
    report(show, { prediction: then, other: now, scenarios, sides: WHAT_IF });
    await write(options.write, recording, then);
    await output.flush();
  }
}

interface Show {
  readonly options: ReplayOptions;
  readonly output: Output;
  readonly paint: Paint;
  readonly recording: Recording;
  readonly unwanted: WeakSet<Call>;
}

interface Told {
  readonly prediction: Prediction;
  /** What is compared with, where that is another prediction. */
  readonly other: Prediction | null;
  readonly scenarios: readonly ScenarioOutcome<Sent>[];
  readonly sides: Sides;
}

/** Reads the captures: calls, the pairs of their legs, and from them the messages of the SBC. */
async function record(
  captures: readonly string[],
  options: ReplayOptions,
  given: Recording['policy'] | null,
  output: Output,
): Promise<Recording> {
  const calls: Call[] = [];
  const pairs: LegPair[] = [];
  const bindings = new Bindings(warn);
  let kept = 0;
  let left = 0;
  const pairing = new LegPairing({
    legHeaders: options.header ?? [],
    ...(given !== null && { policy: given }),
    onPair: (pair) => pairs.push(pair),
    onCapped: warn,
  });
  await read(captures, options, {
    output,
    keepMessages: true,
    onMessage(message) {
      bindings.learn(message);
      pairing.clock(message.seconds);
    },
    onCall(call) {
      if (kept > MOST_MESSAGES) {
        left++;
        return;
      }
      kept += call.events?.length ?? 0;
      calls.push(call);
      pairing.call(call);
    },
  });
  pairing.end();
  if (left > 0)
    process.stderr.write(
      `sipspect: warning: more than ${MOST_MESSAGES} messages are not kept: ${left} calls that ended later are left out [replay/capped]\n`,
    );
  const policy = given ?? learntPolicy(pairs, bindings);
  if (policy.adjacencies.length === 0)
    throw new CliError(
      'no SBC with two sides was seen: say which it is with --policy or --as adjacency=address',
      EXIT.usage,
    );
  const recording = recordingOf(calls, pairs, policy);
  if (recording.messages.length === 0)
    throw new CliError(
      `no message reached the SBC or left it: its addresses are ${addressesOf(policy)}`,
      EXIT.usage,
    );
  const named = { ...recording, policy: withLearntRecordRoutes(recording) };
  return { ...named, policy: withLearntRoutes(named) };
}

function report(
  { options, output, paint, recording, unwanted }: Show,
  { prediction, other, scenarios, sides }: Told,
): void {
  const chosen = scenarios.filter((one) => wanted(one, unwanted));
  if (options.json) {
    for (const one of chosen) output.line(spellOut(JSON.stringify(replayRecord(one))));
    return;
  }
  const summary = summaryOf(chosen);
  output.line(paint.bold(headline(summary, sides)));
  for (const part of [kindLines(summary, sides, paint), cosmeticLines(summary, paint)])
    if (part !== '') output.write(`\n${part}`);
  const all = options.all === true;
  const told = chosen.filter(({ verdict }) => all || options.ladder === true || verdict === 'differs');
  for (const one of all || options.ladder ? told : told.slice(0, MOST_TOLD)) {
    output.line('');
    output.write(callLines(one, sides, paint, all));
    if (options.ladder !== true) continue;
    const width = options.width ?? (process.stdout.isTTY ? process.stdout.columns : undefined) ?? 130;
    const ladders = twoLadders(recording, prediction, other, one);
    for (const line of ladderLines(ladders, sides, { width, paint, ascii: options.ascii === true }))
      output.line(line);
  }
  if (!all && options.ladder !== true && told.length > MOST_TOLD)
    output.line(`\n… and ${told.length - MOST_TOLD} more calls that differ: --all shows them`);
  for (const note of notesOf(recording, prediction, scenarios, options))
    output.line(paint.dim(printable(note)));
}

function notesOf(
  { policy, others, unkept }: Recording,
  { madeUp, reflected, withheld, remarks }: Prediction,
  scenarios: readonly ScenarioOutcome<Sent>[],
  options: ReplayOptions,
): string[] {
  const unjudged = new Map<string, number>();
  for (const { verdict, why } of scenarios)
    if (verdict === 'not-judged') unjudged.set(why, (unjudged.get(why) ?? 0) + 1);
  const logs = new Map<string, number>();
  for (const { kind, code } of remarks) if (kind === 'log') logs.set(code, (logs.get(code) ?? 0) + 1);
  const notes = [
    ...(options.policy === undefined && options.as === undefined
      ? [
          `No policy given: learnt from the traffic (sipspect policy infer prints it): ${addressesOf(policy)}.`,
        ]
      : []),
    ...[...unjudged].map(([why, count]) => `Not judged, ${count}: ${why}.`),
    ...(others > 0 ? [`${others} messages neither reached the SBC nor left it.`] : []),
    ...(unkept > 0 ? [`${unkept} messages of very long calls were not kept, and not replayed.`] : []),
    ...(reflected > 0
      ? [`${reflected} messages of the far side are not in the capture: what was sent back stands for them.`]
      : []),
    ...(withheld.length > 0
      ? [`${withheld.length} messages were withheld: they would not have come after what was predicted.`]
      : []),
    ...(madeUp > 0
      ? [`${madeUp} identifiers are made up (predicted-…): the recording has none for them.`]
      : []),
    ...[...logs].map(([code, count]) => `The core logged ${code}${count > 1 ? `, ${count} times` : ''}.`),
  ];
  return notes.length === 0 ? [] : ['', ...notes];
}

function addressesOf({ adjacencies }: Recording['policy']): string {
  return adjacencies
    .map(({ name, local }) => `${name} at ${local.map(({ host, port }) => `${host}:${port}`).join(' ')}`)
    .join(', ');
}

function wanted({ scenario }: ScenarioOutcome<Sent>, unwanted: WeakSet<Call>): boolean {
  return scenario.calls.some((call) => !unwanted.has(call));
}

async function write(path: string | undefined, recording: Recording, prediction: Prediction): Promise<void> {
  if (path === undefined) return;
  await writeFile(path, async (octets) => {
    for (const block of predictedCapture(recording, prediction)) await octets(block);
  });
}

function fail(scenarios: readonly ScenarioOutcome<Sent>[], failOn: Severity | 'never'): void {
  if (failOn === 'never') return;
  const isBad = scenarios.some((one) => {
    const worst = worstOf(one);
    return worst !== null && isAtLeast(worst, failOn);
  });
  if (isBad && process.exitCode === undefined) process.exitCode = EXIT.findings;
}

/** All are kept until the replay is over: some 4 GB. */
const MOST_MESSAGES = 500_000;
/** Calls shown in full unless --all or --ladder. */
const MOST_TOLD = 20;
