// The verb that compares two captures.
import { type Command, Option } from 'commander';
import { collect, colourOption, command, examples, jsonOption } from './verb.ts';

export function addCompareVerb(program: Command): void {
  command(
    program,
    'diff',
    'compare two captures call by call: what got lost, what was changed, how long it took',
  )
    .argument('<before>', 'pcap or pcapng file, plain, gzip or zstd; - is standard input')
    .argument('<after>', 'the same traffic at another place, or another run of the same scenario')
    .addOption(jsonOption())
    .addOption(
      new Option('--by <what>', 'which calls belong together: call-id, parties (who calls whom, in order)')
        .choices(['auto', 'call-id', 'parties'])
        .default('auto', 'auto: by Call-ID, and what is left by parties'),
    )
    .addOption(
      new Option(
        '--all',
        'of calls matched by parties, what is new with every call too: tags, nonces, ports',
      ),
    )
    .addOption(new Option('--ignore <header>', 'leave this header out; may be repeated').argParser(collect))
    .addOption(new Option('--limit <count>', 'show so many of the calls that differ').default('20'))
    .addOption(
      new Option('--with <file>', 'an input of both captures: secrets of TLS; may be repeated').argParser(
        collect,
      ),
    )
    .addOption(
      new Option('--filter <expression>', "of both, only these calls: Wireshark's field names, and call.*"),
    )
    .addOption(colourOption())
    .addOption(new Option('--strict', 'exit with 2 when a capture is damaged'))
    .addHelpText(
      'after',
      `
Calls with the same Call-ID are the same traffic captured at two places: nothing of them is left
out, and each message is timed. Other calls are two runs of one scenario: what is new with every
call is not compared. The sides of a box that writes Call-IDs of its own are for sipspect legs.

Exit codes: 0 nothing differs, 1 something differs, 2 usage, or an input that could not be read.
${examples(
  'sipspect diff inside.pcap outside.pcap',
  'sipspect diff --ignore Via --ignore Record-Route inside.pcap outside.pcap',
  'sipspect diff --by parties monday.pcap tuesday.pcap',
  `sipspect diff --filter 'call.kind == "call"' --json monday.pcap tuesday.pcap`,
)}`,
    )
    .action(async (before, after, options) => (await import('../diff/diff.ts')).diff(before, after, options));
}
