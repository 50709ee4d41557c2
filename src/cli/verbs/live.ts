// The options by which a command captures by itself.
import { type Command, Option } from 'commander';
import { CliError } from '../exit.ts';
import type { LiveOptions } from '../live/live-capture.ts';

/**
 * What is captured by `--interface`, or collected by `--hep`, is one more input of the command: standard input's or, where `toFile`
 * says so of the others, a file.
 */
export function live(command: Command, toFile: (captures: readonly string[]) => boolean = () => false): void {
  command
    .addOption(
      new Option(
        '-i, --interface <name>',
        'capture from it until Ctrl-C, by dumpcap or tcpdump: any, eth0 …',
      ),
    )
    .addOption(
      new Option(
        '-f, --capture-filter <expression>',
        'of that, only such packets: as of tcpdump, such as port 5060',
      ),
    )
    .addOption(
      new Option('--hep <address>', 'collect what agents mirror by HEP, until Ctrl-C: 9060, 192.0.2.1:9060'),
    )
    .hook('preAction', async (_, action) => {
      if (action !== command) return;
      const live = action.opts<LiveOptions>();
      const captures = action.processedArgs[0] as string[];
      if (live.interface === undefined && live.captureFilter !== undefined)
        throw new CliError('--capture-filter takes --interface');
      if (live.interface !== undefined && live.hep !== undefined)
        throw new CliError('--interface and --hep do not go together');
      if (isLive(live)) {
        const { captureLive } = await import('../live/live-capture.ts');
        captures.push(await captureLive(live, toFile(captures)));
      } else if (captures.length === 0 && command.parent !== null)
        command.error("error: missing required argument 'captures'", { code: 'commander.missingArgument' });
    })
    .hook('postAction', async (_, action) => {
      if (action !== command || !isLive(action.opts<LiveOptions>())) return;
      await (await import('../live/live-capture.ts')).endOfCapture();
    });
}

function isLive({ interface: name, hep }: LiveOptions): boolean {
  return name !== undefined || hep !== undefined;
}
