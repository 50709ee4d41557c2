// How long the timers of RFC 3261 §17 run, in milliseconds (Table 4; RFC 6026 §7 for L and M).

/** Estimate of the round trip (§17.1.1.1). */
export const T1 = 500;
/** Most between two sendings of a non-INVITE request, or of a final response to INVITE. */
export const T2 = 4000;
/** How long a message may stay in the network. */
export const T4 = 5000;
/** Timers B, F, H, J, L and M; D too, which is 32 s at least. */
export const TIMEOUT = 64 * T1;
