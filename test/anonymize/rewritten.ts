// Captures, what is written of them with pseudonyms, and what both show.
import { open } from 'node:fs/promises';
import { type Anonymized, anonymizeCaptures } from '../../src/anonymize/anonymize-captures.ts';
import { CaptureSet } from '../../src/capture/capture-set.ts';
import { OUTCOMES, type OutcomeName } from '../../src/network/outcome.ts';
import { readCaptures } from '../../src/pipeline.ts';

export const KEY = Buffer.alloc(32, 'pseudonyms of tests');

export async function rewrite(
  inputs: readonly string[],
  path: string,
  key: Buffer = KEY,
  format: 'pcap' | 'pcapng' = 'pcapng',
): Promise<Anonymized> {
  const file = await open(path, 'w');
  try {
    const write = (octets: Buffer): Promise<void> => file.writeFile(octets);
    return await anonymizeCaptures({ inputs, key, format, write, onDiagnostic: () => {} });
  } finally {
    await file.close();
  }
}

export interface ShownMessage {
  readonly transport: string;
  readonly frames: readonly number[];
  readonly start: string;
  readonly cseq: string;
  readonly retransmissionOf: unknown;
  readonly length: number;
  readonly diagnostics: readonly string[];
}

export interface Shown {
  /** Of each packet, by its number: the time in nanoseconds, lengths captured and sent. */
  readonly packets: readonly string[];
  readonly outcomes: readonly OutcomeName[];
  readonly counts: Float64Array;
  readonly messages: readonly ShownMessage[];
  readonly calls: readonly unknown[];
}

export async function shown(inputs: readonly string[]): Promise<Shown> {
  const packets: string[] = [];
  await new CaptureSet(inputs, { onDiagnostic: () => {} }).each((packet) => {
    packets.push(
      `${packet.seconds}.${packet.nanoseconds} ${packet.end - packet.start} of ${packet.originalLength}`,
    );
  });
  const outcomes: OutcomeName[] = [];
  const messages: ShownMessage[] = [];
  const calls: unknown[] = [];
  const { ledger } = await readCaptures({
    inputs,
    onOutcome(frame, outcome) {
      outcomes[frame - 1] = OUTCOMES[outcome]!;
    },
    onMessage(message, info) {
      messages.push({
        transport: message.transport,
        frames: message.frames ?? [message.frame],
        start: message.isRequest ? message.method : String(message.status),
        cseq: `${message.cseqNumber} ${message.cseqMethod}`,
        retransmissionOf: info.retransmissionOf,
        length: message.end - message.start,
        diagnostics: message.diagnostics.map(({ code }) => code),
      });
    },
    onCall({ id, kind, state, cause, frames, messages: count, partial, media, timings, roles }) {
      calls.push({
        ...{ id, kind, state, count, partial, timings, frames: [...frames] },
        cause: cause && [cause.by, cause.method, cause.status],
        media: media.map((each) => [each.media, each.codecs]),
        roles: roles.map(({ role }) => role),
      });
    },
  });
  return { packets, outcomes, messages, calls, counts: ledger.counts };
}
