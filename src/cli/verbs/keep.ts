// The verb that writes captures.
import { type Command, Option } from 'commander';
import { collect, examples, FILES, verb } from './verb.ts';

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
    .action(async (captures, options) => (await import('../extract.ts')).extract(captures, options));
}
