// `sipspect policy`: its verbs are about the file that describes an SBC.
import { type Command, Option } from 'commander';
import { collect, command, examples, FILES_OR_INPUT } from './verb.ts';

export function addPolicyVerbs(program: Command): void {
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
    .action(async (files) => (await import('../policy/policy.ts')).check(files));
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
    .action(async (file, options) => (await import('../policy/policy.ts')).show(file, options));
  command(policy, 'schema', 'print the JSON Schema of policies, for editors')
    .addHelpText(
      'after',
      examples('sipspect policy schema > sbc.schema.json', 'sipspect policy schema | grep -m 1 title'),
    )
    .action(async () => (await import('../policy/policy.ts')).schema());
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
    .action(async (file, options) => (await import('../policy/policy.ts')).importConfig(file, options));
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
    .action(async (captures, options) =>
      (await import('../policy/policy-infer.ts')).inferPolicy(captures, options),
    );
}
