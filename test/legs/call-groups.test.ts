// Calls that a box made of one another come out together, others alone, in the order in which they began.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type CallGroup, CallGroups } from '../../src/legs/call-groups.ts';
import { readCaptures } from '../../src/pipeline.ts';

const SAMPLES = join(import.meta.dirname, '../../samples');

async function groupsOf(captures: readonly string[], most?: number): Promise<CallGroup[]> {
  const groups: CallGroup[] = [];
  const joined = new CallGroups({
    least: 0.7,
    ...(most !== undefined && { most }),
    onGroup: (group) => groups.push(group),
  });
  const inputs = captures.map((name) => join(SAMPLES, name));
  await readCaptures({ inputs, keepMessages: true, onCall: (call) => joined.add(call) });
  joined.end();
  return groups;
}

test('both sides of a box are one group, what has no other side is its own', async () => {
  const groups = await groupsOf(['im-session/im-session.pcapng', 'plain-call/call.pcap']);
  expect(groups.map(({ calls }) => calls.map(({ callId }) => callId))).toMatchInlineSnapshot(`
    [
      [
        "1-21@127.0.0.10",
      ],
      [
        "1-37@127.0.0.10",
        "sbc///1-37@127.0.0.10",
      ],
    ]
  `);
  expect(groups.map(({ pairs }) => pairs.map(({ bucket }) => bucket))).toMatchInlineSnapshot(`
    [
      [],
      [
        "certain",
      ],
    ]
  `);
});

test('one call is enough to see that two addresses are a box, though it wrote everything anew', async () => {
  const groups = await groupsOf(['sbc-sides/privacy.pcapng']);
  expect(groups.map(({ calls }) => calls.map(({ callId }) => callId))).toEqual([['im-1', 'sbc///im-1']]);
});

test('where too many messages are held, calls go out as they are', async () => {
  const groups = await groupsOf(['im-session/im-session.pcapng'], 1);
  expect(groups.map(({ calls }) => calls.length)).toEqual([1, 1]);
});
