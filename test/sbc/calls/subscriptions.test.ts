// Subscriptions and transfers: RFC 6665, RFC 3515, RFC 3891.
import { describe } from 'vitest';
import { hangsUp, isAnswered } from '../call.ts';
import { plays } from '../core-under-test.ts';
import type { Party } from '../party.ts';
import { PASSTHROUGH, PLAIN, parties, partiesEndToEnd } from '../scene.ts';

const EVENT = ['Event: presence'];
const ASKS = [...EVENT, 'Expires: 600'];

/** SUBSCRIBE and its 200. */
function subscribes(caller: Party, callee: Party, expires: number): void {
  const asks = [...EVENT, `Expires: ${expires}`];
  caller.sends('SUBSCRIBE', { headers: asks });
  callee.gets('SUBSCRIBE', { headers: asks });
  callee.sends(200, { to: 'SUBSCRIBE', headers: [`Expires: ${expires}`] });
  caller.gets(200, { to: 'SUBSCRIBE', headers: [`Expires: ${expires}`] });
}

/** NOTIFY and its 200. */
function notifies(callee: Party, caller: Party, state: string): void {
  const headers = [...EVENT, `Subscription-State: ${state}`];
  callee.sends('NOTIFY', { headers });
  caller.gets('NOTIFY', { headers });
  caller.sends(200, { to: 'NOTIFY' });
  callee.gets(200, { to: 'NOTIFY' });
}

describe('SUBSCRIBE and NOTIFY (RFC 6665)', () => {
  plays('subscribed, notified, and ended by the notifier', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    subscribes(caller, callee, 600);
    notifies(callee, caller, 'active;expires=600');
    notifies(callee, caller, 'terminated;reason=noresource');
    sbc.rests();
  });

  plays('refreshed, and ended by the subscriber', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    subscribes(caller, callee, 600);
    notifies(callee, caller, 'active;expires=600');
    sbc.passes(500_000);
    subscribes(caller, callee, 600);
    notifies(callee, caller, 'active;expires=600');
    sbc.passes(500_000);
    subscribes(caller, callee, 0);
    notifies(callee, caller, 'terminated;reason=timeout');
    sbc.rests();
  });

  plays('nobody refreshes it: forgotten some time after it ran out', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    subscribes(caller, callee, 600);
    notifies(callee, caller, 'active;expires=600');
    sbc.rests();
  });

  plays('the NOTIFY comes before the 200 (§4.1.2.4)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('SUBSCRIBE', { headers: ASKS });
    callee.gets('SUBSCRIBE', { headers: ASKS });
    notifies(callee, caller, 'active;expires=600');
    callee.sends(200, { to: 'SUBSCRIBE', headers: ['Expires: 600'] });
    caller.gets(200, { to: 'SUBSCRIBE', headers: ['Expires: 600'] });
    notifies(callee, caller, 'terminated');
    sbc.rests();
  });

  plays('refused', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('SUBSCRIBE', { headers: ASKS });
    callee.gets('SUBSCRIBE', { headers: ASKS });
    callee.sends(489, { to: 'SUBSCRIBE', headers: ['Allow-Events: dialog'] });
    caller.gets(489, { to: 'SUBSCRIBE', headers: ['Allow-Events: dialog'] });
    sbc.rests();
  });

  plays('with passthrough', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    subscribes(caller, callee, 600);
    notifies(callee, caller, 'active;expires=600');
    notifies(callee, caller, 'terminated;reason=noresource');
    sbc.rests();
  });

  plays('a NOTIFY in a dialog that is gone: 481, relayed', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    subscribes(caller, callee, 600);
    const headers = [...EVENT, 'Subscription-State: active;expires=600'];
    callee.sends('NOTIFY', { headers });
    caller.gets('NOTIFY', { headers });
    caller.sends(481, { to: 'NOTIFY' });
    callee.gets(481, { to: 'NOTIFY' });
    sbc.rests();
  });
});

describe('REFER (RFC 3515)', () => {
  const refer = ['Refer-To: <sip:third@third.example.com>'];
  const notify = (state: string): string[] => ['Event: refer', `Subscription-State: ${state}`];
  const trying = { body: 'SIP/2.0 100 Trying\n', type: 'message/sipfrag' };

  plays('within a call: NOTIFY in the same dialog, which lives on until both are over', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('REFER', { headers: refer });
    callee.gets('REFER', { headers: refer });
    callee.sends(202, { to: 'REFER' });
    caller.gets(202, { to: 'REFER' });
    for (const state of ['active;expires=60', 'terminated;reason=noresource']) {
      callee.sends('NOTIFY', { headers: notify(state), ...trying });
      caller.gets('NOTIFY', { headers: notify(state), ...trying });
      caller.sends(200, { to: 'NOTIFY' });
      callee.gets(200, { to: 'NOTIFY' });
    }
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('BYE before the last NOTIFY: that still finds its dialog (RFC 5057 §4.1)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('REFER', { headers: refer });
    callee.gets('REFER', { headers: refer });
    callee.sends(202, { to: 'REFER' });
    caller.gets(202, { to: 'REFER' });
    hangsUp(caller, callee);
    const last = notify('terminated;reason=noresource');
    callee.sends('NOTIFY', { headers: last, ...trying });
    caller.gets('NOTIFY', { headers: last, ...trying });
    caller.sends(200, { to: 'NOTIFY' });
    callee.gets(200, { to: 'NOTIFY' });
    sbc.rests();
  });

  plays('outside a call it makes a dialog of its own', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    caller.sends('REFER', { headers: refer });
    callee.gets('REFER', { headers: refer });
    callee.sends(202, { to: 'REFER' });
    caller.gets(202, { to: 'REFER' });
    const last = notify('terminated;reason=noresource');
    callee.sends('NOTIFY', { headers: last, ...trying });
    caller.gets('NOTIFY', { headers: last, ...trying });
    caller.sends(200, { to: 'NOTIFY' });
    callee.gets(200, { to: 'NOTIFY' });
    sbc.rests();
  });

  plays('declined', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    callee.sends('REFER', { headers: refer });
    caller.gets('REFER', { headers: refer });
    caller.sends(603, { to: 'REFER' });
    callee.gets(603, { to: 'REFER' });
    hangsUp(caller, callee);
    sbc.rests();
  });
});
