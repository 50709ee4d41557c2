// What is held of a call that is over, for as long as its transactions stay: little. Where calls are short, most of what an SBC
// holds is of such calls.
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { SipMessage } from '../../../src/sip/message.ts';
import { Border, request, response, type Sent, tagOf } from '../border.ts';
import type { Peer } from '../peer.ts';
import { CALLEE, CALLER, PLAIN } from '../scene.ts';

test('none of its messages is held once its BYE is answered', async () => {
  const border = new WatchedBorder(PLAIN);
  const tag = up(border);
  const bye = border.last(CALLER, request('BYE sip:sbc@192.168.2.20', '2 BYE', tag));
  expect(await border.held()).toEqual(['INVITE', 'BYE']);
  border.last(CALLEE, response(bye, '200 OK'));
  expect(await border.held()).toEqual([]);
  // Timers L, M, J and K go on (RFC 3261 §17, RFC 6026 §7).
  expect(border.core.pending).toEqual({
    ...{ timers: 4, queries: 0, transactions: 4 },
    ...{ dialogs: 0, setups: 0, bindings: 0 },
  });
});

test('nor is the INVITE of a call that goes on, once no other callee can answer it', async () => {
  const border = new WatchedBorder(PLAIN);
  up(border);
  expect(await border.held()).toEqual(['INVITE']);
  border.passes(32_000);
  expect(await border.held()).toEqual([]);
  // The call itself may not be silent for ever.
  expect(border.core.pending).toEqual({
    ...{ timers: 1, queries: 0, transactions: 0 },
    ...{ dialogs: 1, setups: 0, bindings: 0 },
  });
});

/** INVITE, 180, 200 and ACK; gives the tag of its 200. */
function up(border: WatchedBorder): string {
  const invite = border.last(CALLER, request('INVITE sip:callee@callee.com', '1 INVITE'));
  border.last(CALLEE, response(invite, '180 Ringing'));
  const accepted = border.last(CALLEE, response(invite, '200 OK'));
  const tag = tagOf(accepted);
  border.last(CALLER, request('ACK sip:sbc@192.168.2.20', '1 ACK', tag));
  return tag;
}

class WatchedBorder extends Border {
  private readonly seen: { readonly what: string; readonly message: WeakRef<object> }[] = [];

  /** Messages that somebody still refers to. */
  async held(): Promise<string[]> {
    // What a weak reference was made for stays until the end of the turn.
    await turn();
    collectGarbage();
    return this.seen.filter(({ message }) => message.deref() !== undefined).map(({ what }) => what);
  }

  protected override takes(from: Peer, message: SipMessage): readonly Sent[] {
    const what = message.isRequest ? message.method : `${message.status} ${message.cseqMethod}`;
    this.seen.push({ what, message: new WeakRef(message) });
    return super.takes(from, message);
  }
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
