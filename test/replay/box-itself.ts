// A stand-in for the SBC core: it sends what the recorded box sent, as changed by `edit` (null: not at all).
import type { CoreMaker } from '../../src/replay/core.ts';
import type { RecordedMessage } from '../../src/replay/recorded-message.ts';
import type { Recording } from '../../src/replay/recording.ts';
import type { Command } from '../../src/sbc/command.ts';

export function boxItself(
  { messages }: Recording,
  edit: (octets: string, sent: RecordedMessage) => string | null = (octets) => octets,
): CoreMaker {
  const byFrame = new Map(messages.map((one) => [one.message.frame, one]));
  let send = 0;
  return () => ({
    handle(event): readonly Command[] {
      if (event.kind !== 'received') return [];
      const effects = byFrame.get(event.message.frame)?.effects ?? [];
      return effects.flatMap((one): Command[] => {
        const octets = edit(one.message.bytes().toString('latin1'), one);
        if (octets === null) return [];
        const sent = { octets: Buffer.from(octets, 'latin1'), flow: one.flow, cause: event.message };
        return [{ kind: 'send', send: ++send, ...sent, again: false }];
      });
    },
  });
}
