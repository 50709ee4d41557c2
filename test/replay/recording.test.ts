// What carried a message, and to which of its addresses, where the SBC has several at one IP address.
import { expect, test } from 'vitest';
import { parsePolicy } from '../../src/policy/parse-policy.ts';
import { type Recording, recordingOf } from '../../src/replay/recording.ts';
import { play } from '../dialog/scenario.ts';

/** A1 is port 5061 of 10.0.0.1, A50 port 5110. The SBC is B towards A, and C towards D. */
const SCRIPT = `
  0 A>B OPTIONS id=datagram
  1 B>A 200 of=OPTIONS id=datagram
  2 A50>B1 OPTIONS id=came tcp
  3 B1>A50 200 of=OPTIONS id=came tcp
  4 B50>A OPTIONS id=went tcp
  5 A>B50 200 of=OPTIONS id=went tcp
  6 D50>C OPTIONS id=clear tcp
  7 C>D50 200 of=OPTIONS id=clear tcp
  8 D50>C1 OPTIONS id=secret tcp
  9 C1>D50 200 of=OPTIONS id=secret tcp
  10 C50>D OPTIONS id=unsaid tcp
  11 D>C50 200 of=OPTIONS id=unsaid tcp`;

test('what was decrypted came by TLS where the SBC takes no TCP', () => {
  const recording = recorded(`adjacencies:
  - { name: phones, local: ['10.0.0.2:5060;transport=udp', '10.0.0.2:5061;transport=tls'], peers: [10.0.0.1] }
  - { name: core, local: ['10.0.0.3:5060', '10.0.0.3:5061;transport=tls'], peers: [10.0.0.4] }
`);
  const lines = recording.messages.map(
    ({ way, message, flow }) => `${message.callId} ${way} ${flow.transport} ${flow.local.text}`,
  );
  expect(lines).toEqual([
    'datagram in udp 10.0.0.2:5060',
    'datagram out udp 10.0.0.2:5060',
    'came in tls 10.0.0.2:5061',
    'came out tls 10.0.0.2:5061',
    'went out tls 10.0.0.2:5061',
    'went in tls 10.0.0.2:5061',
    'clear in tcp 10.0.0.3:5060',
    'clear out tcp 10.0.0.3:5060',
    'secret in tls 10.0.0.3:5061',
    'secret out tls 10.0.0.3:5061',
    // Either it may have been.
    'unsaid out tcp 10.0.0.3:5060',
    'unsaid in tcp 10.0.0.3:5060',
  ]);
});

function recorded(text: string): Recording {
  const { policy, errors } = parsePolicy(text, 'sbc.yaml');
  if (policy === undefined) throw new Error(JSON.stringify(errors));
  return recordingOf(play(SCRIPT).calls, [], policy);
}
