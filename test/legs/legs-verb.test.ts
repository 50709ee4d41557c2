// `sipspect legs`: what it prints, and what it refuses.
import { expect, test } from 'vitest';
import { done, refused, sipspect } from '../cli/program.ts';

const IM = 'samples/im-session/im-session.pcapng';

test('a pair with its reasons', async () => {
  expect(await sipspect(['legs', IM])).toEqual(
    done(`#1  certain 0.999  im  127.0.0.10:5060 → 127.0.0.20:5060 ┃ 127.0.0.30:5060 → 127.0.0.40:5060
    A  1-37@127.0.0.10
    B  sbc///1-37@127.0.0.10
    because: in-step 10 within 100 ms (+36), call-id-derived (+35), sdp-text (+30), from-user caller (+15), to-user callee (+15), time 1.4 ms (+12), final 200 (+8), release (+8), sdp-formats (+6), box (+5); against: nothing; no other candidate
1 pair: 1 certain
`),
  );
});

test('a pair as JSON', async () => {
  const { stdout } = await sipspect(['legs', '--json', IM]);
  const signal = (name: string, family: string, weight: number, a: string, b = a, frames = [1, 3]) => {
    return { name, family, weight, a, b, frameA: frames[0], frameB: frames[1] };
  };
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      v: 1,
      a: '1-37@127.0.0.10',
      b: 'sbc///1-37@127.0.0.10',
      kind: 'im',
      confidence: 0.999,
      bucket: 'certain',
      margin: null,
      signals: [
        signal('in-step', 'shape', 36, '10 steps', '10 within 100 ms'),
        signal('call-id-derived', 'call-id', 35, '1-37@127.0.0.10', 'sbc///1-37@127.0.0.10'),
        signal('sdp-text', 'sdp', 30, '4 lines'),
        signal('from-user', 'parties', 15, 'caller'),
        signal('to-user', 'parties', 15, 'callee'),
        signal('time', 'time', 12, '0 ms', '1.4 ms'),
        signal('final', 'shape', 8, '200', '200', [7, 6]),
        signal('release', 'shape', 8, 'BYE', 'BYE', [7, 6]),
        signal('sdp-formats', 'sdp', 6, 'message sip:caller@127.0.0.10'),
        signal('box', 'route', 5, '127.0.0.20:5060', '127.0.0.30:5060'),
      ],
      frames: [1, 3, 6, 7],
      score: 162,
      group: 'single',
      box: ['127.0.0.20', '127.0.0.30'],
      contradictions: [],
      alternatives: [],
      chain: 1,
      hop: 1,
      joined: false,
      legs: {
        a: { call: 1, leg: 0, from: '127.0.0.10:5060', to: '127.0.0.20:5060', frame: 1, messages: 11 },
        b: { call: 2, leg: 0, from: '127.0.0.30:5060', to: '127.0.0.40:5060', frame: 3, messages: 10 },
      },
    },
  ]);
});

test('a leg without a partner says why', async () => {
  const sample = 'samples/messages/messages.pcap';
  const { stdout } = await sipspect([
    'legs',
    '--filter',
    'sip.Status-Code == 404 || call.kind == "registration"',
    sample,
  ]);
  expect(stdout).toBe(`Without a partner
    127.0.0.60:57684 → 127.0.0.20:5060  1743101921@127.0.0.60  REGISTER came to a box: the box answered 200 itself: no REGISTER left it that fits
    127.0.0.10:53319 → 127.0.0.20:5060  nobody.message@alice.example.com  MESSAGE came to a box: the box answered 404 itself: no MESSAGE left it that fits
    127.0.0.60:36062 → 127.0.0.20:5060  299682500@127.0.0.60  REGISTER came to a box: the box answered 200 itself: no REGISTER left it that fits
No pairs; 3 legs without a partner
`);
  const json = await sipspect(['legs', '--json', '--unpaired', '--filter', 'sip.Status-Code == 404', sample]);
  expect(JSON.parse(json.stdout)).toEqual({
    v: 1,
    unpaired: 'nobody.message@alice.example.com',
    kind: 'message',
    side: 'near',
    leg: { call: 3, leg: 0, from: '127.0.0.10:53319', to: '127.0.0.20:5060', frame: 7, messages: 2 },
    nearest: null,
    why: 'the box answered 404 itself: no MESSAGE left it that fits',
  });
});

test('a capture of one side has no pairs', async () => {
  expect(await sipspect(['legs', 'samples/plain-call/call.pcap'])).toEqual(done('No pairs\n'));
});

test('a confidence that is none is refused', async () => {
  expect(await sipspect(['legs', '--min-confidence', 'high', IM])).toEqual(
    refused('sipspect: --min-confidence takes a number from 0 to 1, not "high"\n'),
  );
});
