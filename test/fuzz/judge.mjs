// What an audit and a replay make of a capture: no rule fails, every format can be written, and what should be JSON or markup is.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FORMATS, loadFormat } from '../../src/audit/format/format.ts';
import { joinReport } from '../../src/audit/join-report.ts';
import { SetAudit } from '../../src/audit/set-audit.ts';
import { ladderMessage } from '../../src/cli/ladder/ladder-message.ts';
import { learntPolicy } from '../../src/cli/replay/replay-policy.ts';
import { messageDifference } from '../../src/explain/message-difference.ts';
import { draw } from '../../src/ladder/draw.ts';
import { flowOf } from '../../src/ladder/from-call.ts';
import { renderHtml } from '../../src/ladder/html.ts';
import { renderMermaid } from '../../src/ladder/mermaid.ts';
import { renderPlantuml } from '../../src/ladder/plantuml.ts';
import { renderSvg } from '../../src/ladder/svg.ts';
import { LegPairing } from '../../src/legs/pairing.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { recordingOf } from '../../src/replay/recording.ts';
import { replay } from '../../src/replay/replay.ts';
import { replayRecord } from '../../src/replay/replay-record.ts';
import { summaryOf } from '../../src/replay/summary.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { Bindings } from '../../src/rules/facts/bindings.ts';
import { SbcCore } from '../../src/sbc/core.ts';

const ROOT = resolve(import.meta.dirname, '../..');
/** None, for traffic alone; and those of the samples. */
const POLICIES = [
  EMPTY_POLICY,
  ...globSync('samples/*/*.yaml', { cwd: ROOT }).map(
    (file) => parsePolicy(readFileSync(resolve(ROOT, file), 'utf8'), file).policy,
  ),
];

/** Throws what is wrong. */
export async function judge(path, random) {
  const policy = random.of([EMPTY_POLICY, random.of(POLICIES)]);
  await audited(path, policy);
  await replayed(path, policy);
}

async function audited(path, policy) {
  const audit = new SetAudit({
    ...{ set: 1, captures: [path], rules: CATALOGUE, policy, today: '2026-11-21' },
    ...{ minSeverity: 'info', baseline: new Set(), writesBaseline: true, exhibits: true },
  });
  const outcome = audit.end(await readCaptures({ inputs: [path], ...audit.handlers }));
  const [failure] = outcome.coverage.failures;
  if (failure !== undefined) throw new Error(`rule ${failure.rule} failed: ${failure.error}`);
  const report = joinReport([outcome], { version: '0', policy: '', left: [] });
  const exhibits = new Map(outcome.exhibits.map((exhibit) => [exhibit.finding, exhibit]));
  for (const name of FORMATS) {
    const options = { rules: CATALOGUE.map(({ meta }) => meta), failOn: 'error', exhibits };
    const text = [...(await loadFormat(name))(report, options)].join('');
    if (name === 'json' || name === 'sarif') JSON.parse(text);
    if (name === 'ndjson') for (const line of text.split('\n').filter(Boolean)) JSON.parse(line);
    isTame(name, text);
  }
}

async function replayed(path, given) {
  const calls = [];
  const pairs = [];
  const bindings = new Bindings();
  const pairing = new LegPairing({ policy: given, onPair: (pair) => pairs.push(pair) });
  await readCaptures({
    inputs: [path],
    keepMessages: true,
    onMessage(message) {
      bindings.learn(message);
      pairing.clock(message.seconds);
    },
    onCall(call) {
      calls.push(call);
      pairing.call(call);
    },
  });
  pairing.end();
  drawn(calls);
  for (const { a, b } of pairs) {
    const [one, other] = [a, b].map(({ events }) => events[0]?.message);
    if (one !== undefined && other !== undefined) messageDifference(one, other);
  }
  const policy = given.adjacencies.length > 0 ? given : learntPolicy(pairs, bindings);
  const recording = recordingOf(calls, pairs, policy);
  const { scenarios } = replay(recording, (setup) => new SbcCore({ ...setup, persists: false }));
  for (const one of scenarios) JSON.stringify(replayRecord(one));
  summaryOf(scenarios);
}

function drawn(calls) {
  const ladders = calls.slice(0, 20).map((call) => {
    const messages = (call.events ?? []).map((event) => ladderMessage(event, false));
    return { drawing: draw(flowOf(call)), messages };
  });
  const drawings = ladders.map(({ drawing }) => drawing);
  const digest = (text) => createHash('sha256').update(text).digest('base64');
  isTame('svg', [...renderSvg(drawings)].join(''));
  isTame('mermaid', renderMermaid(drawings));
  for (const drawing of drawings) isTame('plantuml', [...renderPlantuml(drawing)].join(''));
  isTame('html ladder', [...renderHtml(ladders, { digest })].join(''));
}

function isTame(name, text) {
  const wild = WILD.exec(text)?.[0];
  if (wild !== undefined) throw new Error(`${name} has the character ${wild.charCodeAt(0)}`);
}

/** Control characters but for tab and line ends. */
const WILD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;
