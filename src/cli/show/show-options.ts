// What `sipspect show` is asked for.
import type { CallChoice, CommonOptions } from '../options.ts';
import type { ShowMessageOptions } from './show-message.ts';

export interface ShowOptions extends CommonOptions, CallChoice, ShowMessageOptions {
  readonly frame?: string;
  readonly raw?: boolean;
  /** What boxes changed, instead of the messages. */
  readonly across?: boolean;
  readonly header?: readonly string[];
}
