// The SIP messages of a capture as text by frame, so that two readers can be compared: for the last frame of each message,
// its Call-ID, CSeq, and method or status. Several messages of one frame are told field by field, as tshark does.
import { OUTCOME } from '../../src/network/outcome.ts';
import { readCaptures } from '../../src/pipeline.ts';

export type SipByFrame = Map<number, string>;

/** Of a frame that is an ICMP error about a SIP packet: what it quotes is no message. */
export const QUOTED = 'quoted in an ICMP error';

export interface SipFields {
  readonly callIds: string[];
  /** `1 INVITE`. */
  readonly cseqs: string[];
  readonly methods: string[];
  readonly statuses: string[];
}

/** With `secrets`, files of those for TLS. */
export async function readSipByFrame(path: string, ...secrets: string[]): Promise<SipByFrame> {
  const frames = new Map<number, SipFields>();
  const quoted: number[] = [];
  await readCaptures({
    inputs: [path, ...secrets],
    onOutcome: (frame, outcome) => outcome === OUTCOME['sip-quoted'] && quoted.push(frame),
    onMessage(message) {
      const frame = message.frames?.at(-1) ?? message.frame;
      if (!frames.has(frame)) frames.set(frame, { callIds: [], cseqs: [], methods: [], statuses: [] });
      const fields = frames.get(frame)!;
      if (message.callId !== '') fields.callIds.push(message.callId);
      if (message.cseqNumber >= 0) fields.cseqs.push(`${message.cseqNumber} ${message.cseqMethod}`);
      if (message.isRequest) fields.methods.push(message.method);
      else fields.statuses.push(String(message.status));
    },
  });
  const described = [...frames].map(([frame, fields]) => [frame, describeSip(fields)] as const);
  return new Map([...described, ...quoted.map((frame) => [frame, QUOTED] as const)]);
}

/** `a@b; 1 INVITE; INVITE` or `a@b,c@d; 1 INVITE,2 BYE; BYE,200`; control characters as Wireshark's columns have them. */
export function describeSip({ callIds, cseqs, methods, statuses }: SipFields): string {
  const text = [callIds, cseqs, [...methods, ...statuses]].map((list) => list.join(',')).join('; ');
  return text.replace(/\p{Cc}/gu, (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`);
}

export function differencesOf(ours: SipByFrame, theirs: SipByFrame): FrameDifference[] {
  const frames = [...new Set([...ours.keys(), ...theirs.keys()])].sort((a, b) => a - b);
  return frames.flatMap((frame) => {
    const [our, their] = [ours.get(frame), theirs.get(frame)];
    if (our === their) return [];
    const kind = their === undefined ? 'only ours' : our === undefined ? 'only theirs' : 'different';
    return [{ frame, kind, ours: our, theirs: their }];
  });
}

export interface FrameDifference {
  readonly frame: number;
  readonly kind: 'only ours' | 'only theirs' | 'different';
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}
