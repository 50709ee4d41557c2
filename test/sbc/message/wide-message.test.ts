// What goes on with twice as many lines of one header is about twice the work, whatever the header and whatever is hidden: on a live
// socket a datagram that takes seconds stops every call. Work is counted: texts that are made of octets, and values that are edited.
import { expect, test } from 'vitest';
import { Draft } from '../../../src/sbc/message/draft.ts';
import { HEADERS } from '../../../src/sip/header/header-names.ts';
import { workOf } from '../../work.ts';
import { Border, request, response } from '../border.ts';
import { CALLEE, CALLER, PASSTHROUGH, PRIVATE, SUBSCRIBERS } from '../scene.ts';

const FEW = 60;
/** Within a linear walk twice as much would be 2; all against all is 4. */
const MOST = 2.7;
const OWN = ['Via', 'Content-Length'];

test.each(HEADERS.filter(({ id, name }) => id > 0 && !OWN.includes(name)).map(({ name }) => name))(
  '%s',
  (name) => {
    for (const policy of [PASSTHROUGH, PRIVATE, SUBSCRIBERS]) {
      const [few, many] = [FEW, 2 * FEW].map((count) => handled(policy, linesOf(name, count)));
      expect.soft(many! / few!, `${few} → ${many}`).toBeLessThan(MOST);
    }
  },
);

function linesOf(name: string, count: number): string {
  return Array.from({ length: count }, (_, n) => `${name}: <sip:user${n}@192.0.2.1>;index=1.${n}`).join('\n');
}

/** A call, and a registration, whose messages have these lines. */
function handled(policy: string, lines: string): number {
  const border = new Border(policy);
  const counted = [
    { on: Draft.prototype, names: ['values'], cost: (_: Draft, { length }: string[]) => length },
    { on: Buffer.prototype, names: ['toString'] },
  ];
  return workOf(counted, () => {
    const invite = border.receives(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE', '', lines));
    border.receives(CALLEE, response(invite.at(-1)?.text ?? '', '200 OK', lines));
    border.receives(CALLER, request('REGISTER sip:callee.com', '2 REGISTER', '', lines));
  });
}
