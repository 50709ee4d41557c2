// `sipspect extract`: the packets of chosen calls, with their media, into a new capture. The captures are read twice.
import { copyPackets } from '../../capture/copy-packets.ts';
import type { Call } from '../../dialog/call.ts';
import { WrappedConnections } from '../../dialog/wrapped-connections.ts';
import { printable } from '../../ladder/printable.ts';
import { callChoice } from '../calls/call-choice.ts';
import { CliError } from '../exit.ts';
import { openFilter } from '../filter.ts';
import type { CallChoice, CommonOptions } from '../options.ts';
import { Output } from '../output/output.ts';
import { read } from '../read.ts';
import { MediaFlows } from './media-flows.ts';
import { writeCapture } from './write-capture.ts';

export interface ExtractOptions extends CommonOptions, CallChoice {
  readonly write: string;
  readonly media: boolean;
}

export async function extract(captures: readonly string[], options: ExtractOptions): Promise<void> {
  if (captures.includes('-'))
    throw new CliError('extract reads its captures twice, which standard input cannot be: name a file');
  const filter = await openFilter(options.filter);
  const isWanted = callChoice(options);
  const frames = new Set<number>();
  const media = new MediaFlows();
  const wrapped = new WrappedConnections();
  let chosen = 0;
  const quiet = new Output(process.stderr);
  await read(captures, options, {
    output: quiet,
    onMessage(message, info) {
      filter?.collect(message, info);
      if (options.media) media.message(message, info.call);
      wrapped.message(message, info.call);
    },
    onCall(call: Call) {
      const matches = filter === null || filter.call(call);
      const isChosen = matches && isWanted(call.id, call.callId);
      media.call(call, isChosen);
      wrapped.call(call, isChosen);
      if (!isChosen) return;
      chosen++;
      for (const frame of call.frames) frames.add(frame);
    },
  });
  if (chosen === 0) throw new CliError('no call was chosen: see `sipspect calls` for what there is');
  if (!media.empty || !wrapped.empty) {
    await read(
      captures,
      {},
      {
        output: quiet,
        silent: true,
        onPacket(packet) {
          if (media.carries(packet) || wrapped.carries(packet)) frames.add(packet.frame);
        },
      },
    );
  }
  const written = await writeCapture(options.write, (format, write) =>
    copyPackets({ inputs: captures, frames, format, write }),
  );
  process.stderr.write(
    `sipspect: wrote ${written} packets of ${chosen} call${chosen === 1 ? '' : 's'} to ${printable(options.write)}\n`,
  );
}
