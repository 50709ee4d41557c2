// What verbs have in common on the command line: their options, and how their examples are told.
import { type Command, Option } from 'commander';
import { printable } from '../../ladder/printable.ts';
import { CliError } from '../exit.ts';
import { live } from './live.ts';

/** A verb with the options that every verb has. */
export function verb(
  program: Command,
  name: string,
  description: string,
  captures = FILES_OR_INPUT,
): Command {
  const isLive = captures !== FILES;
  const made = command(program, name, description).argument(
    isLive ? '[captures...]' : '<captures...>',
    captures,
  );
  if (isLive) live(made);
  return made
    .addOption(new Option('--filter <expression>', "display filter with Wireshark's field names, and call.*"))
    .addOption(colourOption())
    .addOption(new Option('--parallel', 'read in a thread of its own: as large captures of much SIP are'))
    .addOption(new Option('--no-parallel', 'read in one thread: takes a little less memory'))
    .addOption(new Option('--strict', 'exit with 2 when a capture is damaged'));
}

export function command(program: Command, name: string, description: string): Command {
  return program.command(name).description(description).exitOverride();
}

export function colourOption(): Option {
  return new Option('--color <when>', 'colour').choices(['auto', 'always', 'never']).default('auto');
}

export function userRulesOption(): Option {
  return new Option('--rules <module>', 'a module with rules of your own; may be repeated').argParser(
    collect,
  );
}

export function jsonOption(): Option {
  return new Option('--json', 'one JSON object a line');
}

export function collect(value: string, list: readonly string[] = []): string[] {
  return [...list, value];
}

export function columns(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 40)
    throw new CliError(`--width takes a whole number from 40 up, not ${printable(value)}`);
  return number;
}

export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`;
}

export const FILES = 'pcap or pcapng files, plain, gzip or zstd; secrets of TLS';
export const FILES_OR_INPUT = `${FILES}; - is standard input`;
export const AUDITED = `${FILES}; folders, patterns; - is standard input`;
