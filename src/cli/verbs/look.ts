// The verbs that show what a capture holds.

import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../capture/severity.ts';
import { collect, columns, examples, jsonOption, verb } from './verb.ts';

export function addLookVerbs(program: Command): void {
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
    .action(async (captures, options) => (await import('../calls/calls.ts')).calls(captures, options));

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
    .action(async (captures, options) => (await import('../ladder/ladder.ts')).ladder(captures, options));

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
    .action(async (captures, options) => (await import('../show/show.ts')).show(captures, options));

  verb(program, 'messages', 'list every SIP message')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'sipspect messages trace.pcap',
        `sipspect messages --filter 'sip.Method == "MESSAGE"' trace.pcap`,
        `sipspect messages --filter 'packet.agent == 2001' mirrored.pcap`,
        'sipspect messages --json trace.pcap',
      ),
    )
    .action(async (captures, options) => (await import('../calls/messages.ts')).messages(captures, options));

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
    .action(async (captures, options) => (await import('../calls/packets.ts')).packets(captures, options));

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
    .action(async (captures, options) => (await import('../stats/stats.ts')).stats(captures, options));
}
