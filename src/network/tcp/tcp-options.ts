// What the reassembler of TCP streams is given, and the caps on what it remembers.
import type { DiagnosticSink } from '../../capture/diagnostic.ts';
import type { OutcomeLedger } from '../outcome.ts';
import type { OpenStream } from './tcp-consumer.ts';

export interface TcpLimits {
  /** Connections remembered at a time, for each version of IP. */
  readonly flows: number;
  /** Octets and segments held for one direction while others before them are awaited, and octets in all. */
  readonly heldOctets: number;
  readonly heldSegments: number;
  readonly heldInAll: number;
  /**
   * Seconds of capture time after which a hole is a gap: when the other side has acknowledged its octets; when it has
   * not, so that they will be sent again; and when nothing is seen of the other side.
   */
  readonly acknowledgedSeconds: number;
  readonly unacknowledgedSeconds: number;
  readonly oneSidedSeconds: number;
}

export interface TcpOptions {
  readonly ledger: OutcomeLedger;
  readonly onDiagnostic: DiagnosticSink;
  readonly openStream: OpenStream;
  readonly limits?: Partial<TcpLimits>;
}

export const TCP_LIMITS: TcpLimits = {
  flows: 65_536,
  heldOctets: 256 << 10,
  heldSegments: 256,
  heldInAll: 64 << 20,
  acknowledgedSeconds: 0.003,
  unacknowledgedSeconds: 10,
  oneSidedSeconds: 2,
};
