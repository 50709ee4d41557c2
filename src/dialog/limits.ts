// Caps of the correlator: every table keyed by something from the wire has one.
import type { CorrelatorLimits } from './call.ts';

export const DEFAULT_LIMITS: CorrelatorLimits = {
  openCalls: 1 << 18,
  eventsPerCall: 20_000,
  transactionsPerCall: 1024,
  dialogsPerCall: 64,
  roleEndpoints: 4096,
};
