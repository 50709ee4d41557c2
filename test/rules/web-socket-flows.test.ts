// The flows of the cases, carried by WebSocket instead (RFC 7118): what gives no finding over UDP and TCP gives none there
// either, also where the user agent names itself by a host that nobody can look up (RFC 7118 §8.1).
import { expect, test } from 'vitest';
import { EMPTY_POLICY } from '../../src/policy/default-policy.ts';
import { judgeCase } from '../../src/rules/case/judge-flow.ts';
import { CATALOGUE } from '../../src/rules/catalogue.ts';
import { flow, flowNames } from './flow-files.ts';

test.each(flowNames())('%s', (name) => {
  const before = new Set(rulesThatFind(name, flow(name)));
  const carried = overWebSocket(flow(name));
  const unnamed = carried
    .replaceAll(/(SIP\/2\.0\/WSS? )192\.0\.2\.10(:5060)?/g, '$1df7jal23ls0d.invalid')
    .replaceAll(/(sips?:[a-z]+@)192\.0\.2\.10(:5060)?/g, '$1df7jal23ls0d.invalid');
  for (const text of [carried, unnamed])
    expect(rulesThatFind(name, text).filter((rule) => !before.has(rule))).toEqual([]);
});

function rulesThatFind(name: string, text: string): string[] {
  return judgeCase(CATALOGUE, EMPTY_POLICY, { name, flow: text }).map(({ rule }) => rule);
}

function overWebSocket(text: string): string {
  return text
    .replaceAll(/^(===.*) (?:udp|tcp)$/gm, '$1 ws')
    .replaceAll(/^(===.*) tls$/gm, '$1 wss')
    .replaceAll(/SIP\/2\.0\/(?:UDP|TCP)/g, 'SIP/2.0/WS')
    .replaceAll('SIP/2.0/TLS', 'SIP/2.0/WSS')
    .replaceAll(/;transport=(?:udp|tcp|tls)/g, ';transport=ws');
}
