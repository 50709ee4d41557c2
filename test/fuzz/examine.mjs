// Everything sipspect can be asked about a capture, asked at once. Returns what is wrong as text, or the counts.
import { writeFileSync } from 'node:fs';
import { copyPackets } from '../../src/capture/copy-packets.ts';
import { CopyRefused } from '../../src/capture/copy-refused.ts';
import { writeCallRecord } from '../../src/dialog/record/call-record-writer.ts';
import { writeMessageRecord } from '../../src/dialog/record/message-record.ts';
import { explainMessage } from '../../src/explain/explain.ts';
import { parseFilter } from '../../src/filter/filter.ts';
import { draw } from '../../src/ladder/draw.ts';
import { flowOf } from '../../src/ladder/from-call.ts';
import { renderText } from '../../src/ladder/text.ts';
import { readCaptures } from '../../src/pipeline.ts';
import { diagnoseSdp } from '../../src/sdp/diagnose.ts';
import { parseSdp } from '../../src/sdp/session.ts';
import { diagnoseMessage } from '../../src/sip/diagnose/diagnose.ts';
import { judge } from './judge.mjs';
import { differingFromItself, lostUnnamed } from './share.mjs';

export async function examine(path, random) {
  const onPacket = random.below(3) === 0 ? () => {} : undefined;
  const width = random.of([20, 80, 200]);
  const ascii = random.below(2) === 0;
  const filters = FILTERS.map(parseFilter);
  const outcomes = new Map();
  let counted = 0;
  const { ledger, inputs } = await readCaptures({
    inputs: [path],
    keepMessages: true,
    ...(onPacket && { onPacket }),
    onOutcome: (frame) => outcomes.set(frame, (outcomes.get(frame) ?? 0) + 1),
    onMessage(message, info) {
      counted++;
      JSON.parse(writeMessageRecord(message, info));
      for (const filter of filters) filter.message(message, info);
      diagnoseMessage(message);
      for (const secrets of [true, false]) explainMessage(message, { secrets });
      diagnoseSdp(parseSdp(message.data, message.bodyStart, message.bodyEnd));
      message.keep();
    },
    onCall(call) {
      JSON.parse(writeCallRecord(call));
      for (const filter of filters) filter.call(call);
      renderText(draw(flowOf(call)), { width, ascii });
    },
  });
  const packets = inputs[0].packets;
  const sum = ledger.counts.reduce((total, count) => total + count, 0);
  const twice = [...outcomes].filter(([, times]) => times > 1).map(([frame]) => frame);
  if (sum !== packets || ledger.read !== packets || outcomes.size !== packets || twice.length > 0)
    return `outcomes do not sum: ${JSON.stringify({ packets, sum, read: ledger.read, with: outcomes.size, twice })}`;
  const lost = random.below(8) === 0 ? await lostInCopy(path, packets, random) : undefined;
  if (lost === undefined && random.below(4) === 0) await judge(path, random);
  const wrong = lost ?? (random.below(4) === 0 ? await lostUnnamed(path, ledger, random) : undefined);
  const differing = wrong ?? (random.below(8) === 0 ? await differingFromItself(path) : undefined);
  return differing ?? { packets, messages: counted };
}

/** Written as another capture and read again, there are as many packets as before. */
async function lostInCopy(path, packets, random) {
  const pieces = [];
  let copied = 0;
  const format = random.of(['pcap', 'pcapng', 'pcapng']);
  const write = (piece) => void pieces.push(Buffer.from(piece));
  try {
    copied = await copyPackets({ inputs: random.of([[path], [path, path]]), frames: null, format, write });
  } catch (error) {
    if (error instanceof CopyRefused) return undefined;
    throw error;
  }
  writeFileSync(`${path}-copy`, Buffer.concat(pieces));
  const { ledger } = await readCaptures({ inputs: [`${path}-copy`] });
  const isWhole = copied === ledger.read && (copied === packets || copied === 2 * packets);
  return isWhole ? undefined : `of ${packets} packets ${copied} were copied, ${ledger.read} read again`;
}

const FILTERS = [
  'sip.Method == "INVITE" && sip.Status-Code >= 400',
  'sip.from.user contains "a" || sip.Call-ID matches "[0-9]+" || call.state == "completed"',
  'sdp.media || ip.addr == 127.0.0.0/8',
];
