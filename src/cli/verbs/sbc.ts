// The verbs that run the SBC core: on a capture, or on sockets.

import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../capture/severity.ts';
import { collect, columns, command, examples, jsonOption, verb } from './verb.ts';

export function addSbcVerbs(program: Command): void {
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
    .action(async (captures, options) => (await import('../replay/replay.ts')).replay(captures, options));

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
    .action(async (options) => (await import('../inline/inline.ts')).inline(options));
}
