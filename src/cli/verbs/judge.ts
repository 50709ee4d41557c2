// The verbs that judge a capture, and tell what by.

import { type Command, Option } from 'commander';
import { SEVERITIES } from '../../capture/severity.ts';
import {
  AUDITED,
  collect,
  colourOption,
  command,
  examples,
  jsonOption,
  userRulesOption,
  verb,
} from './verb.ts';

export function addJudgeVerbs(program: Command): void {
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
    .action(async (captures, options) => (await import('../audit/audit.ts')).audit(captures, options));

  command(program, 'rules', 'list the rules that audit judges by')
    .argument('[rules...]', 'ids or patterns: dialog/*')
    .addOption(jsonOption())
    .addOption(colourOption())
    .addOption(userRulesOption())
    .addHelpText(
      'after',
      examples('sipspect rules', "sipspect rules 'message/*'", 'sipspect rules --json | jq -r .id'),
    )
    .action(async (patterns, options) => (await import('../rules.ts')).rules(patterns, options));

  command(program, 'explain', 'say what a rule wants, why, by which clause, with examples')
    .argument('<rule>', 'id of the rule')
    .addOption(colourOption())
    .addOption(userRulesOption())
    .addHelpText(
      'after',
      examples('sipspect explain message/max-forwards', 'sipspect explain --rules ./my-rule.mjs my/rule'),
    )
    .action(async (rule, options) => (await import('../explain.ts')).explain(rule, options));

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
    .action(async (captures, options) => (await import('../legs/legs.ts')).legs(captures, options));
}
