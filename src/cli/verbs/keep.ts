// The verbs that write captures.
import { type Command, Option } from 'commander';
import { live } from './live.ts';
import { collect, command, examples, FILES, FILES_OR_INPUT, verb } from './verb.ts';

export function addKeepVerbs(program: Command): void {
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
    .action(async (captures, options) => (await import('../write/extract.ts')).extract(captures, options));
  const anonymize = command(
    program,
    'anonymize',
    'write the same packets with pseudonyms for addresses, names, numbers and contents',
  ).argument('[captures...]', FILES_OR_INPUT);
  live(anonymize);
  anonymize
    .requiredOption(
      '-w, --write <file>',
      'the capture to write: .pcapng, or .pcap for classic pcap; - is standard output',
    )
    .addOption(
      new Option(
        '--key <file>',
        'a secret of your own: captures written with the same one have the same pseudonyms; made if there is none',
      ),
    )
    .addOption(new Option('--strict', 'exit with 2 when a capture is damaged'))
    .addHelpText(
      'after',
      examples(
        'sipspect anonymize -w share.pcapng trace.pcap',
        'sipspect anonymize --key case-4711.key -w monday.pcapng monday.pcap',
        'sipspect extract --index 3 -w - trace.pcap | sipspect anonymize -w share.pcapng -',
      ),
    )
    .action(async (captures, options) =>
      (await import('../write/anonymize.ts')).anonymize(captures, options),
    );
}
