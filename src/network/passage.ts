// How a message came to where it was captured, when that was not by itself: through tunnels, or mirrored by an agent.

/** Texts are as they are on the wire: they are escaped where people read them. */
export interface Passage {
  /** The tunnels, outermost first, HEP's among them: `gtp-u 10.0.0.1→10.0.0.2 teid 0x1`. */
  readonly tunnel: string;
  /** What the agent says that mirrored it by HEP; null when none did. */
  readonly hep: HepFacts | null;
}

export interface HepFacts {
  /** 1, 2 or 3. */
  readonly version: number;
  /** Number of the capture agent; null when it says none. */
  readonly agent: number | null;
  /** By which the agent relates what belongs to one call; '' when it says none. */
  readonly correlationId: string;
  /** The agent's name; '' when it says none. */
  readonly node: string;
}

export function samePassage(a: Passage, b: Passage): boolean {
  return a === b || (a.tunnel === b.tunnel && sameFacts(a.hep, b.hep));
}

function sameFacts(a: HepFacts | null, b: HepFacts | null): boolean {
  if (a === null || b === null) return a === b;
  const sameAgent = a.version === b.version && a.agent === b.agent && a.node === b.node;
  return sameAgent && a.correlationId === b.correlationId;
}
