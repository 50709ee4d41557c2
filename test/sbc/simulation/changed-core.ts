// A core whose commands are looked at, or changed, on their way.
import type { Command } from '../../../src/sbc/command.ts';
import type { Core } from '../playbook.ts';

/** `change` gives what goes on; null takes it out. */
export function changedCore(core: Core, change: (command: Command) => Command | null): Core {
  return {
    handle: (event) => core.handle(event).flatMap((command) => change(command) ?? []),
    get pending() {
      return core.pending;
    },
  };
}

/** With another text, where it is sent. */
export function edited(command: Command, edit: (text: string) => string): Command {
  if (command.kind !== 'send') return command;
  return { ...command, octets: Buffer.from(edit(command.octets.toString('latin1')), 'latin1') };
}
