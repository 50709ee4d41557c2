// What the SBC says and is told on the wire, for whoever records or judges it.
import type { Flow } from '../sbc/flow.ts';

export interface Traffic {
  /** `octets[start, end)` came in or went out at `at`, milliseconds of the clock; valid during the call. */
  message(at: number, flow: Flow, incoming: boolean, octets: Buffer, start: number, end: number): void;
  connected(at: number, flow: Flow, incoming: boolean): void;
  closed(at: number, flow: Flow): void;
}
