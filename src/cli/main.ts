// The command line: one verb, one file; a verb's code loads only when it is called.
import { existsSync } from 'node:fs';
import { Command, CommanderError, Option } from 'commander';
import { printable } from '../ladder/printable.ts';
import { CliError, EXIT } from './exit.ts';
import { version } from './version.ts';

/** Runs the program with `argv` as Node gives it, and sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = createProgram();
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
      return (await import('./summary.ts')).summary(captures, {});
    })
    .addHelpText('after', HELP);

  verb(program, 'calls', 'list calls, registrations, subscriptions, messages and the rest')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'sipspect calls trace.pcapng',
        `sipspect calls --filter 'call.kind == "call" && sip.Status-Code >= 400' trace.pcap`,
        'sipspect calls --json *.pcap.gz | jq -r .callId',
        'tcpdump -i any -w - -U | sipspect calls --json -',
      ),
    )
    .action(async (captures, options) => (await import('./calls.ts')).calls(captures, options));

  verb(program, 'ladder', 'draw calls as ladder diagrams')
    .addOption(new Option('--call-id <id>', 'only this Call-ID; may be repeated').argParser(collect))
    .addOption(new Option('--index <list>', 'only these calls, by their number in `calls`: 3 or 1,4-6'))
    .addOption(
      new Option(
        '--format <name>',
        'text; a picture as svg, png or html, where an arrow opens its message; mermaid, plantuml; json',
      ).choices(['text', 'svg', 'png', 'html', 'mermaid', 'plantuml', 'json']),
    )
    .addOption(new Option('-o, --output <file>', 'a file to write, whose end tells the format'))
    .addOption(jsonOption())
    .addOption(new Option('--ascii', 'draw with ASCII characters only'))
    .addOption(new Option('--width <columns>', 'width of the drawing, 40 at least').argParser(columns))
    .addOption(
      new Option('--time <mode>', 'times at the left')
        .choices(['absolute', 'relative', 'delta'])
        .default('relative'),
    )
    .addOption(
      new Option('--alias <name=address>', 'a name for one or more addresses, comma between them').argParser(
        collect,
      ),
    )
    .addOption(new Option('--hosts <file>', 'names of addresses, in the form of /etc/hosts'))
    .addOption(
      new Option('--rtp', 'draw the media that the capture shows of them, one arrow for each RTP stream'),
    )
    .addOption(new Option('--findings', 'mark what audit finds at the messages that are guilty of it'))
    .addOption(
      new Option('--policy <file>', 'the same, judged by what the SBC is configured to do: sbc.yaml'),
    )
    .addOption(
      new Option('--min-severity <severity>', 'of findings, leave out what is less')
        .choices(SEVERITIES)
        .default('info'),
    )
    .addOption(new Option('--collapse', 'one arrow for a message and what was sent again right after it'))
    .addOption(new Option('--no-frames', 'leave the packet numbers out'))
    .addOption(new Option('--no-merge', 'draw each call alone, also the two sides of one box'))
    .addOption(
      new Option(
        '--header <name>',
        'a header in which a box names the other leg’s Call-ID; may be repeated',
      ).argParser(collect),
    )
    .addOption(new Option('--secrets', 'with html: show credentials and keys, which are masked otherwise'))
    .addHelpText(
      'after',
      examples(
        'sipspect ladder trace.pcap',
        'sipspect ladder --index 2 -o call2.svg trace.pcap',
        'sipspect ladder -o calls.html trace.pcap',
        'sipspect ladder --format mermaid --index 1 trace.pcap > call1.mmd',
        'sipspect ladder --index 2 --time delta trace.pcap',
        'sipspect ladder --rtp --index 2 trace.pcap',
        'sipspect ladder --findings --min-severity warning -o call2.html --index 2 trace.pcap',
        'sipspect ladder --call-id 3848276298220188511@192.0.2.4 trace.pcap',
        'sipspect ladder --alias sbc=192.0.2.20,192.0.2.30 --width 120 inside.pcap outside.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./ladder.ts')).ladder(captures, options));

  verb(program, 'show', 'show messages: their octets, what each header means, SDP, and what is wrong where')
    .addOption(new Option('--frame <list>', 'messages of these packets: 12 or 3,7-9'))
    .addOption(
      new Option('--call-id <id>', 'all messages of this Call-ID; may be repeated').argParser(collect),
    )
    .addOption(new Option('--index <list>', 'all messages of these calls, by their number in `calls`'))
    .addOption(new Option('--across', 'what each box changed of the messages that crossed it, side by side'))
    .addOption(
      new Option(
        '--header <name>',
        'with --across: a header in which a box names the other leg’s Call-ID; may be repeated',
      ).argParser(collect),
    )
    .addOption(new Option('--raw', 'only the octets, as they are'))
    .addOption(new Option('--explain', 'say what each header and SDP line is for'))
    .addOption(new Option('--secrets', 'show credentials and keys, which are masked otherwise'))
    .addHelpText(
      'after',
      examples(
        'sipspect show --frame 12 trace.pcap',
        'sipspect show --index 1 --explain trace.pcap',
        'sipspect show --index 1 --across trace.pcap',
        'sipspect show --frame 12 --raw trace.pcap > invite.sip',
      ),
    )
    .action(async (captures, options) => (await import('./show.ts')).show(captures, options));

  verb(program, 'messages', 'list every SIP message')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'sipspect messages trace.pcap',
        `sipspect messages --filter 'sip.Method == "MESSAGE"' trace.pcap`,
        'sipspect messages --json trace.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./messages.ts')).messages(captures, options));

  verb(program, 'packets', 'list every packet with what became of it')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'sipspect packets trace.pcap',
        `sipspect packets --filter 'packet.outcome == "tcp-gap"' trace.pcap`,
        'sipspect packets --json trace.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./packets.ts')).packets(captures, options));

  verb(
    program,
    'stats',
    'count packets, methods, statuses, transports, endpoints; measure delays and success (RFC 6076)',
  )
    .addOption(jsonOption())
    .addOption(
      new Option('--format <name>', 'text; json; charts as svg, png or html').choices([
        'text',
        'json',
        'svg',
        'png',
        'html',
      ]),
    )
    .addOption(new Option('-o, --output <file>', 'a file to write, whose end tells the format'))
    .addOption(new Option('--policy <file>', 'measure each adjacency of this SBC: sbc.yaml'))
    .addHelpText(
      'after',
      examples(
        'sipspect stats trace.pcap',
        'sipspect stats --json trace.pcap',
        'sipspect stats -o stats.html trace.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./stats.ts')).stats(captures, options));

  verb(
    program,
    'audit',
    'judge captures by the rules: what is wrong, where, and which clause says so',
    AUDITED,
  )
    .addOption(
      new Option(
        '--format <name[=file]>',
        'table, json, ndjson, sarif, junit, csv, markdown, html; may be repeated, with a file each',
      ).argParser(collect),
    )
    .addOption(
      new Option('-o, --output <file>', 'file for a format, which its end tells; may be repeated').argParser(
        collect,
      ),
    )
    .addOption(new Option('--policy <file>', 'what the SBC is configured to do: sbc.yaml'))
    .addOption(new Option('--each', 'judge the captures one by one, at once, instead of as one set'))
    .addOption(userRulesOption())
    .addOption(new Option('--only <rule>', 'only these rules: dialog/*; may be repeated').argParser(collect))
    .addOption(new Option('--skip <rule>', 'all but these rules; may be repeated').argParser(collect))
    .addOption(
      new Option('--min-severity <severity>', 'leave out what is less').choices(SEVERITIES).default('info'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when there is a finding as bad')
        .choices([...SEVERITIES, 'never'])
        .default('error'),
    )
    .addOption(new Option('--baseline <file>', 'leave out what this file of an earlier audit holds'))
    .addOption(new Option('--write-baseline <file>', 'write what was found to such a file'))
    .addHelpText(
      'after',
      examples(
        'sipspect audit trace.pcap',
        "sipspect audit --only 'message/*' --min-severity warning trace.pcap",
        'sipspect audit --format sarif=audit.sarif --format junit=audit.xml trace.pcap',
        'sipspect audit --each --format ndjson *.pcap | jq -r .rule',
        'sipspect audit --write-baseline known.json trace.pcap',
        'sipspect audit --baseline known.json trace.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./audit.ts')).audit(captures, options));

  command(program, 'rules', 'list the rules that audit judges by')
    .argument('[rules...]', 'ids or patterns: dialog/*')
    .addOption(jsonOption())
    .addOption(colourOption())
    .addOption(userRulesOption())
    .addHelpText(
      'after',
      examples('sipspect rules', "sipspect rules 'message/*'", 'sipspect rules --json | jq -r .id'),
    )
    .action(async (patterns, options) => (await import('./rules.ts')).rules(patterns, options));

  command(program, 'explain', 'say what a rule wants, why, by which clause, with examples')
    .argument('<rule>', 'id of the rule')
    .addOption(colourOption())
    .addOption(userRulesOption())
    .addHelpText(
      'after',
      examples('sipspect explain message/max-forwards', 'sipspect explain --rules ./my-rule.mjs my/rule'),
    )
    .action(async (rule, options) => (await import('./explain.ts')).explain(rule, options));

  verb(program, 'legs', 'pair the legs of calls across SBCs and proxies, and say why')
    .addOption(jsonOption())
    .addOption(
      new Option(
        '--header <name>',
        "a header in which a box names the other leg's Call-ID; may be repeated",
      ).argParser(collect),
    )
    .addOption(new Option('--policy <file>', 'addresses, leg headers and time limits of this SBC: sbc.yaml'))
    .addOption(new Option('--min-confidence <number>', 'leave less likely pairs out, 0 to 1').default('0.5'))
    .addOption(new Option('--unpaired', 'with --json: legs without a partner too'))
    .addHelpText(
      'after',
      examples(
        'sipspect legs trace.pcap',
        'sipspect legs --header X-Other-Leg inside.pcap outside.pcap',
        'sipspect legs --json --min-confidence 0.95 trace.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./legs.ts')).legs(captures, options));

  verb(
    program,
    'replay',
    'run the SBC core on what reached an SBC, and compare what it predicts with what was recorded',
  )
    .addOption(jsonOption())
    .addOption(new Option('--policy <file>', 'what the SBC is configured to do: sbc.yaml; else learnt'))
    .addOption(
      new Option(
        '--as <adjacency=address[:port]>',
        'an address of the capture that is to be the SBC on this adjacency; may be repeated',
      ).argParser(collect),
    )
    .addOption(
      new Option(
        '--what-if <key=value>',
        'compare with another prediction: privacy=always, passthrough=true, or a path into the policy; may be repeated',
      ).argParser(collect),
    )
    .addOption(new Option('--what-if-policy <file>', 'compare with the prediction of another policy'))
    .addOption(new Option('--call-id <id>', 'only this Call-ID; may be repeated').argParser(collect))
    .addOption(new Option('--index <list>', 'only these calls, by their number in `calls`'))
    .addOption(new Option('--ladder', 'draw the calls, predicted and recorded side by side'))
    .addOption(new Option('--ascii', 'draw with ASCII characters only'))
    .addOption(new Option('--width <columns>', 'width of both drawings').argParser(columns))
    .addOption(new Option('--all', 'all calls, and the differences that do not matter'))
    .addOption(
      new Option('-w, --write <file>', 'write what came in and what was predicted to a capture (.pcapng)'),
    )
    .addOption(
      new Option(
        '--header <name>',
        'a header in which the box names the other leg’s Call-ID; may be repeated',
      ).argParser(collect),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit with 1 when a difference is as bad')
        .choices([...SEVERITIES, 'never'])
        .default('error'),
    )
    .addHelpText(
      'after',
      examples(
        'sipspect replay --policy samples/sbc-sides/rewriting.yaml samples/sbc-sides/rewriting.pcapng',
        'sipspect replay --ladder --index 1 samples/sbc-sides/passthrough.pcapng',
        'sipspect replay --what-if passthrough=true samples/sbc-sides/rewriting.pcapng',
        'sipspect replay --as outside=127.0.0.40 --write predicted.pcapng samples/plain-call/call.pcap',
      ),
    )
    .action(async (captures, options) => (await import('./replay.ts')).replay(captures, options));

  const policy = command(program, 'policy', 'describe the SBC: check, show and import its policy (sbc.yaml)');
  policy
    .helpCommand(false)
    .addHelpText(
      'after',
      examples(
        'sipspect policy check samples/policy/typical.yaml',
        'sipspect policy show samples/policy/typical.yaml',
      ),
    );
  command(policy, 'check', 'say whether policies are right, and what is wrong where')
    .argument('<files...>', 'policies; - is standard input')
    .addHelpText(
      'after',
      examples(
        'sipspect policy check samples/policy/typical.yaml',
        'sipspect policy check samples/policy/*.yaml',
      ),
    )
    .action(async (files) => (await import('./policy.ts')).check(files));
  command(policy, 'show', 'print what holds, every default spelled out')
    .argument('<file>', 'a policy; - is standard input')
    .addOption(new Option('--json', 'as one JSON object'))
    .addHelpText(
      'after',
      examples(
        'sipspect policy show samples/policy/privacy.yaml',
        'sipspect policy show --json samples/policy/privacy.yaml | jq -r .name',
      ),
    )
    .action(async (file, options) => (await import('./policy.ts')).show(file, options));
  command(policy, 'schema', 'print the JSON Schema of policies, for editors')
    .addHelpText(
      'after',
      examples('sipspect policy schema > sbc.schema.json', 'sipspect policy schema | grep -m 1 title'),
    )
    .action(async () => (await import('./policy.ts')).schema());
  command(policy, 'import', 'make a policy of a Cisco SP Edition configuration; list what was not understood')
    .argument('<file>', 'what `show running-config` printed; - is standard input')
    .addOption(new Option('-o, --output <file>', 'the policy to write, instead of standard output'))
    .addOption(new Option('--strict', 'exit with 2 when a line was not understood'))
    .addHelpText(
      'after',
      examples(
        'sipspect policy import samples/policy/running-config.txt',
        'sipspect policy import -o sbc.yaml samples/policy/running-config.txt',
      ),
    )
    .action(async (file, options) => (await import('./policy.ts')).importConfig(file, options));
  command(policy, 'infer', 'learn the addresses, adjacencies and modes of an SBC from its traffic')
    .argument('<captures...>', FILES_OR_INPUT)
    .addOption(new Option('-o, --output <file>', 'the policy to write, instead of standard output'))
    .addOption(
      new Option('--header <name>', 'a header in which the box names the other leg’s Call-ID').argParser(
        collect,
      ),
    )
    .addOption(new Option('--strict', 'exit with 2 when a capture is damaged'))
    .addHelpText(
      'after',
      examples(
        'sipspect policy infer samples/sbc-sides/passthrough.pcapng',
        'sipspect policy infer -o sbc.yaml samples/sbc-sides/privacy.pcapng',
      ),
    )
    .action(async (captures, options) => (await import('./policy-infer.ts')).inferPolicy(captures, options));

  command(program, 'inline', 'run the SBC of a policy on sockets: UDP, TCP and TLS, until it is told to stop')
    .requiredOption('--policy <file>', 'what the SBC is and does: sbc.yaml; SIGHUP reads it anew')
    .addOption(new Option('--record <file>', 'write its own traffic as pcapng, which audit and ladder read'))
    .addOption(new Option('--check', 'judge its own traffic by the rules of audit; findings are logged'))
    .addOption(
      new Option('--min-severity <severity>', 'with --check: leave out what is less')
        .choices(SEVERITIES)
        .default('info'),
    )
    .addOption(new Option('--log <file>', 'where logs go, a JSON object a line, instead of standard error'))
    .addOption(
      new Option('--log-level <level>', 'leave out what is less')
        .choices(['debug', 'info', 'warn', 'error'])
        .default('info'),
    )
    .addOption(
      new Option('--dns <server>', 'ask this DNS server, not those of the system; may be repeated').argParser(
        collect,
      ),
    )
    .addHelpText(
      'after',
      `${examples(
        'sipspect inline --policy sbc.yaml',
        'sipspect inline --policy sbc.yaml --record own.pcapng --check',
        'sipspect audit --policy sbc.yaml own.pcapng',
      )}
SIGHUP reads the policy and the certificates anew, calls go on; SIGTERM takes nothing new and ends with
the last call (or after inline.drain of the policy); SIGINT, or a second SIGTERM, ends at once.
`,
    )
    .action(async (options) => (await import('./inline.ts')).inline(options));

  verb(program, 'extract', 'write the packets of chosen calls, media included, to a new capture', FILES)
    .requiredOption(
      '-w, --write <file>',
      'the capture to write: .pcapng, or .pcap for classic pcap; - is standard output',
    )
    .addOption(new Option('--call-id <id>', 'only this Call-ID; may be repeated').argParser(collect))
    .addOption(new Option('--index <list>', 'only these calls, by their number in `calls`'))
    .addOption(new Option('--no-media', 'leave RTP and RTCP out'))
    .addHelpText(
      'after',
      examples(
        'sipspect extract --index 3 -w call3.pcapng trace.pcap',
        `sipspect extract --filter 'call.state == "rejected"' -w rejected.pcapng *.pcap`,
      ),
    )
    .action(async (captures, options) => (await import('./extract.ts')).extract(captures, options));

  return program;
}

/** The viewer needs a terminal to draw on and one to take keys from. */
function opensViewer(captures: readonly string[]): boolean {
  if (process.stdout.isTTY !== true || process.env['TERM'] === 'dumb') return false;
  return process.stdin.isTTY === true || (captures.includes('-') && existsSync('/dev/tty'));
}

/** A verb with the options that every verb has. */
function verb(program: Command, name: string, description: string, captures = FILES_OR_INPUT): Command {
  return command(program, name, description)
    .argument('<captures...>', captures)
    .addOption(new Option('--filter <expression>', "display filter with Wireshark's field names, and call.*"))
    .addOption(colourOption())
    .addOption(new Option('--parallel', 'read in a thread of its own: as large captures of much SIP are'))
    .addOption(new Option('--no-parallel', 'read in one thread: takes a little less memory'))
    .addOption(new Option('--strict', 'exit with 2 when a capture is damaged'));
}

function command(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).exitOverride();
}

function colourOption(): Option {
  return new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto');
}

function userRulesOption(): Option {
  return new Option('--rules <module>', 'a module with rules of your own; may be repeated').argParser(
    collect,
  );
}

function jsonOption(): Option {
  return new Option('--json', 'one JSON object a line');
}

function collect(value: string, list: readonly string[] = []): string[] {
  return [...list, value];
}

function columns(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 40)
    throw new CliError(`--width takes a whole number from 40 up, not ${printable(value)}`);
  return number;
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

const SEVERITIES = ['error', 'warning', 'info'];
const FILES = 'pcap or pcapng files, plain, gzip or zstd';
const FILES_OR_INPUT = `${FILES}; - is standard input`;
const AUDITED = `${FILES}; folders, patterns; - is standard input`;
const HELP = `
Several captures are one set, merged by time, whatever order they are named in.

Examples:
  $ sipspect calls trace.pcap
  $ sipspect ladder --index 1 trace.pcap
  $ sipspect show --frame 12 --explain trace.pcap
  $ tcpdump -i any -w - -U udp port 5060 | sipspect messages -

Exit codes: 0 done, 1 findings as bad as --fail-on, 2 usage, or no input that could be read.
`;
