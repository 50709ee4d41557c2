// The options every verb has, as commander gives them.

import { CliError } from './exit.ts';
import type { ColourChoice } from './output/colour.ts';

export interface CommonOptions {
  readonly filter?: string;
  readonly color?: ColourChoice;
  readonly strict?: boolean;
  readonly parallel?: boolean;
  readonly json?: boolean;
}

export interface CallChoice {
  readonly callId?: readonly string[];
  readonly index?: string;
}

/** Throws where several of the captures are standard input. */
export function readsInputOnce(captures: readonly string[]): void {
  if (captures.indexOf('-') !== captures.lastIndexOf('-'))
    throw new CliError('standard input (-) can be read only once');
}

/** `1,4-6` as a test; throws what the user can mend. `what` names the option in the error. */
export function parseNumberList(text: string, what: string): (number: number) => boolean {
  const ranges = text.split(',').map((part) => {
    const match = /^\s*(\d+)\s*(?:-\s*(\d+)\s*)?$/.exec(part);
    if (match === null)
      throw new CliError(`${what} takes numbers and ranges such as 3 or 1,4-6, not "${text}"`);
    return [Number(match[1]), Number(match[2] ?? match[1])] as const;
  });
  return (number) => ranges.some(([first, last]) => number >= first && number <= last);
}
