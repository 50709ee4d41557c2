import type { RuleCases } from '../../../src/rules/case/rule-case.ts';
import { flow } from '../flow-files.ts';

/** OPTIONS over TCP whose server agrees to answer pings, another one later, and line ends between. */
function connection(lineEnds: string, more: readonly { readonly at: number; readonly add: string }[] = []) {
  return {
    flow: flow('tcp-options'),
    edits: [
      { at: 2, replace: 'received=192.0.2.10', by: 'received=192.0.2.10;keep=30' },
      ...more,
      { insert: lineEnds },
      { insert: AGAIN },
    ],
  };
}

const PING = '=== 20.000 192.0.2.10:5060 > 192.0.2.20:5060 crlf 4\n';
const PONG = '=== 20.100 192.0.2.20:5060 > 192.0.2.10:5060 crlf 2\n';
const AGAIN = flow('tcp-options')
  .slice(0, flow('tcp-options').indexOf('=== 120'))
  .replace('=== 0.000', '=== 50.000')
  .replace('=== 0.010', '=== 50.010')
  .replaceAll('z9hG4bK-o1', 'z9hG4bK-o2')
  .replaceAll('CSeq: 1', 'CSeq: 2');

export const cases: RuleCases = {
  rule: 'transport/keepalive-no-pong',
  valid: [
    { name: 'a ping and its pong', ...connection(PING + PONG) },
    {
      name: 'a server that never agreed',
      flow: flow('tcp-options'),
      edits: [{ insert: PING }, { insert: AGAIN }],
    },
    {
      name: 'the client leaves the connection',
      flow: flow('tcp-options'),
      edits: [{ at: 2, replace: 'received=192.0.2.10', by: 'received=192.0.2.10;keep=30' }, { insert: PING }],
    },
  ],
  invalid: [
    {
      name: 'no pong, and the client goes on',
      ...connection(PING),
      findings: [
        {
          key: 'silent',
          frames: [7],
          message: '192.0.2.10:5060 goes on with a connection whose ping 192.0.2.20:5060 does not answer',
        },
      ],
    },
    {
      name: 'ping after ping',
      flow: flow('tcp-options'),
      edits: [{ at: 2, add: 'Flow-Timer: 30' }, { insert: PING + PING.replace('20.000', '40.000') }],
      findings: [{ key: 'silent', frames: [5] }],
    },
  ],
};
