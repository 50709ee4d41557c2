// Octets of a connection → what transport/tcp-framing finds: the cases hand it what the framing says, here the framing says it.
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../../src/policy/default-policy.ts';
import { Judge } from '../../../src/rules/judge.ts';
import tcpFraming from '../../../src/rules/transport/tcp-framing.ts';
import { sipWire } from '../../sip/framing-wire.ts';

/** Keys and packets of what is found when these payloads follow each other; a number is a gap of so many octets. */
function found(...parts: (string | number)[]): string[] {
  const { wire } = sipWire();
  wire.send({ seq: 99, flags: 'S' });
  let seq = 100;
  for (const part of parts) {
    if (typeof part === 'number') seq += part;
    else {
      wire.send({ seq, data: part });
      seq += part.length;
    }
  }
  wire.end();
  const findings: string[] = [];
  const judge = new Judge({
    rules: [tcpFraming],
    policy: EMPTY_POLICY,
    onFinding: ({ key, frames }) => findings.push(`${key} ${frames.join(',')}`),
    onFailure: (_rule, error) => {
      throw error;
    },
  });
  for (const diagnostic of wire.diagnostics) judge.diagnostic(diagnostic);
  judge.end();
  const lost = judge.notChecked.get('transport/tcp-framing')?.size ?? 0;
  return lost > 0 ? [...findings, 'not checked'] : findings;
}

const HEAD = `OPTIONS sip:192.0.2.20 SIP/2.0
Via: SIP/2.0/TCP 192.0.2.10;branch=z9hG4bK-1
From: <sip:alice@example.com>;tag=a
To: <sip:192.0.2.20>
Call-ID: stream-1@192.0.2.10
CSeq: 1 OPTIONS
`.replaceAll('\n', '\r\n');

/** A message with this Content-Length line (or none) and this body. */
function message(length: string, body = ''): string {
  return `${HEAD}${length === '' ? '' : `Content-Length: ${length}\r\n`}\r\n${body}`;
}

const GOOD = message('0');
const TEN = '{"a":"bc"}';

test.each<[string, (string | number)[], string[]]>([
  ['messages with line ends between', [GOOD, '\r\n\r\n', GOOD], []],
  ['two messages in a segment', [message('10', TEN) + GOOD], []],
  ['no Content-Length', [message(''), GOOD], ['no-length 2']],
  ['Content-Length that is no number', [message('ten'), GOOD], ['bad-length 2']],
  ['Content-Length into the next message', [message('30', '{}\r\n') + GOOD], ['too-long 2']],
  ['the same in two segments', [message('30', TEN), GOOD], ['unframed 3']],
  ['twenty octets under Content-Length: 10', [message('10', TEN + TEN), GOOD], ['unframed 2']],
  ['octets that the capture lost', [GOOD, GOOD.slice(0, 100), 40, GOOD.slice(140), GOOD], ['not checked']],
])('%s', (_name, parts, expected) => {
  expect(found(...parts)).toEqual(expected);
});
