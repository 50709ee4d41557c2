// The command line: one verb, one file; a verb's code loads only when it is called.
import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { printable } from '../ladder/printable.ts';
import { CliError, EXIT } from './exit.ts';
import { addCompareVerb } from './verbs/compare.ts';
import { addJudgeVerbs } from './verbs/judge.ts';
import { addKeepVerbs } from './verbs/keep.ts';
import { live } from './verbs/live.ts';
import { addLookVerbs } from './verbs/look.ts';
import { addPolicyVerbs } from './verbs/policy.ts';
import { addSbcVerbs } from './verbs/sbc.ts';
import { FILES_OR_INPUT } from './verbs/verb.ts';
import { version } from './version.ts';

/** Runs the program with `argv` as Node gives it, and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = createProgram();
  // Help, warnings and progress are not written through Output: who reads them may go away before they are said, too.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', unread);
  try {
    await program.parseAsync([...argv]);
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage;
    else if (error instanceof CliError) {
      const lines = error.message.split('\n').map((line) => printable(line));
      process.stderr.write(`sipspect: ${lines.join('\n')}\n`);
      process.exitCode = error.code;
    } else throw error;
  }
}

function unread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') process.exitCode = EXIT.usage;
}

function createProgram(): Command {
  const program: Command = new Command('sipspect')
    .configureOutput({
      outputError: (text, write) =>
        write(
          `sipspect: ${printable(
            text
              .trim()
              .replace(/^error: /, '')
              .replaceAll('\n', ' '),
          )}\n`,
        ),
    })
    .description('Network packet analyzer and SIP trace inspector.')
    .version(version())
    .exitOverride()
    .showSuggestionAfterError()
    .helpCommand('help [verb]', 'the options and examples of a verb')
    .enablePositionalOptions()
    .argument('[captures...]', FILES_OR_INPUT)
    .action(async (captures: string[]) => {
      if (captures.length === 0) program.help({ error: true });
      if (/^[a-z]+$/.test(captures[0]!) && !existsSync(captures[0]!))
        throw new CliError(`no verb and no file is called ${captures[0]}: see sipspect --help`);
      if (opensViewer(captures)) return (await import('./viewer.ts')).viewer(captures);
      return (await import('./calls/summary.ts')).summary(captures, {});
    })
    .addHelpText('after', HELP);

  live(program, (captures) => opensViewer(captures));

  addLookVerbs(program);
  addJudgeVerbs(program);
  addPolicyVerbs(program);
  addSbcVerbs(program);
  addKeepVerbs(program);
  addCompareVerb(program);
  return program;
}

/** The viewer needs a terminal to draw on and one to take keys from. */
function opensViewer(captures: readonly string[]): boolean {
  if (process.stdout.isTTY !== true || process.env['TERM'] === 'dumb') return false;
  return process.stdin.isTTY === true || (captures.includes('-') && existsSync('/dev/tty'));
}

const HELP = `
Several captures are one set, merged by time, whatever order they are named in. A key log among them
(what SSLKEYLOGFILE names), or the private RSA key of a server in PEM, opens the TLS
connections that it has secrets of.

Examples:
  $ sipspect calls trace.pcap
  $ sipspect ladder --index 1 trace.pcap
  $ sipspect show --frame 12 --explain trace.pcap
  $ sipspect ladder samples/tls-call/call.pcap samples/tls-call/keys.txt
  $ sipspect -i any
  $ tcpdump -i any -w - -U udp port 5060 | sipspect messages -

Exit codes: 0 done, 1 findings as bad as --fail-on, or a difference, 2 usage, or nothing to read.
`;
