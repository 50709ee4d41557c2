// A mode of the command line: which commands it knows, and what each means for a policy.

import { isIPv4 } from '../sip/uri/ip-address.ts';
import { type AddressRange, parseRange } from './address-range.ts';

/** What a line means; or why it says nothing to a policy; or the mode that its block is in. */
export type Verdict =
  | { readonly meaning: string; readonly enter?: Mode }
  | { readonly reason: string; readonly enter?: Mode };

export interface Command {
  /** The first words, those that tell it. */
  readonly form: string;
  /** Opens a block, or stands beside blocks: without indentation it ends whatever is open. */
  readonly opens?: boolean;
  /** `rest`: the words behind the form. `negated`: with `no` before it. */
  readonly apply: (rest: readonly string[], negated: boolean) => Verdict;
}

export interface Mode {
  /** As messages name it. */
  readonly what: string;
  readonly commands: readonly Command[];
  /** Lines in here are not read, for this reason. */
  readonly closed?: string;
}

/** The command with the longest form that the words begin with. */
export function commandOf(mode: Mode, words: readonly string[]): Command | undefined {
  const text = `${words.join(' ')} `;
  let found: Command | undefined;
  for (const command of mode.commands)
    if (text.startsWith(`${command.form} `) && command.form.length > (found?.form.length ?? 0))
      found = command;
  return found;
}

/** A command that nothing in a policy depends on. */
export function irrelevant(...forms: string[]): Command[] {
  return forms.map((form) => ({ form, apply: () => ({ meaning: 'nothing in a policy depends on it' }) }));
}

/** A command that changes what the SBC does in a way that a policy cannot say. */
export function beyond(reason: string, ...forms: string[]): Command[] {
  return forms.map((form) => ({ form, apply: () => ({ reason }) }));
}

/** A block whose lines are not read. */
export function closedBlock(what: string, reason: string, ...forms: string[]): Command[] {
  const enter: Mode = { what, commands: [], closed: reason };
  return forms.map((form) => ({ form, opens: true, apply: () => ({ reason, enter }) }));
}

/** `A.B.C.D M.M.M.M` → a network; undefined when it is none, or its mask has gaps. */
export function network(address: string | undefined, mask: string | undefined): AddressRange | undefined {
  if (address === undefined || !isIPv4(address)) return undefined;
  if (mask === undefined) return parseRange(address);
  if (!isIPv4(mask)) return undefined;
  const bits = mask
    .split('.')
    .map((part) => Number(part).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? parseRange(`${address}/${bits.replaceAll('0', '').length}`) : undefined;
}

/** 1 to 65535; undefined when it is none. */
export function portNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535
    ? Number(text)
    : undefined;
}

/** Of each kind of thing a configuration has so many at most; more are listed as not understood. */
export const MOST = 1000;
export const TOO_MANY: Verdict = { reason: `more than ${MOST} of its kind` };
