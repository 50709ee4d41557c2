// How calls come to be or do not: RFC 3261 §9, §13, §16.7, §17.1.1, RFC 6026, RFC 3262.
import { describe } from 'vitest';
import { accepts, hangsUp, isAnswered, isInvited, isRinging } from '../call.ts';
import { plays } from '../core-under-test.ts';
import { CALLEE, CALLER, PASSTHROUGH, PLAIN, parties, partiesEndToEnd } from '../scene.ts';
import { IM_ANSWER, IM_OFFER } from '../session-descriptions.ts';

describe('a call that is refused', () => {
  for (const status of [404, 480, 486, 500, 603]) {
    plays(`${status}: each hop has its own ACK (§17.1.1.3)`, PLAIN, (sbc) => {
      const { caller, callee } = parties(sbc);
      isRinging(caller, callee);
      callee.sends(status);
      callee.gets('ACK');
      caller.gets(status);
      caller.sends('ACK');
      sbc.rests();
    });
  }

  plays(
    'the refusal is sent again until its ACK comes, and acknowledged each time it comes (§17.2.1)',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isInvited(caller, callee);
      callee.sends(486);
      callee.gets('ACK');
      caller.gets(486);
      callee.sends(486);
      callee.gets('ACK');
      sbc.passes(500);
      caller.gets(486);
      sbc.passes(1000);
      caller.gets(486);
      caller.sends('ACK');
      sbc.rests();
    },
  );

  plays('a redirection goes back with the places it names (§8.3)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    const contact = '<sip:callee@elsewhere.example.com>;q=0.5';
    callee.sends(302, { contact });
    callee.gets('ACK');
    caller.gets(302, { contact });
    caller.sends('ACK');
    sbc.rests();
  });

  plays('503 becomes 500: the SBC itself is well (§16.7 step 6)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    callee.sends(503, { headers: ['Retry-After: 600'] });
    callee.gets('ACK');
    caller.gets(500);
    caller.sends('ACK');
    sbc.rests();
  });
});

describe('a call that is cancelled (§9)', () => {
  plays('while it rings', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    caller.sends('CANCEL');
    caller.gets(200, { to: 'CANCEL' });
    callee.gets('CANCEL');
    callee.sends(200, { to: 'CANCEL' });
    callee.sends(487);
    callee.gets('ACK');
    caller.gets(487);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('before anything came of the callee: the CANCEL waits for that (§9.1)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    caller.sends('CANCEL');
    caller.gets(200, { to: 'CANCEL' });
    sbc.passes(500);
    callee.getsAgain('INVITE');
    callee.sends(100);
    callee.gets('CANCEL');
    callee.sends(200, { to: 'CANCEL' });
    callee.sends(487);
    callee.gets('ACK');
    caller.gets(487);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('the reason for it goes with it (RFC 3326)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    const headers = ['Reason: SIP ;cause=200 ;text="Call completed elsewhere"'];
    caller.sends('CANCEL', { headers });
    caller.gets(200, { to: 'CANCEL' });
    callee.gets('CANCEL', { headers });
    callee.sends(200, { to: 'CANCEL' });
    callee.sends(487);
    callee.gets('ACK');
    caller.gets(487);
    caller.sends('ACK');
    sbc.rests();
  });

  plays(
    'too late: the 200 of the callee crosses the CANCEL and reaches the caller, who hangs up',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isRinging(caller, callee);
      caller.sends('CANCEL');
      caller.gets(200, { to: 'CANCEL' });
      callee.gets('CANCEL');
      accepts(caller, callee);
      callee.sends(481, { to: 'CANCEL' });
      hangsUp(caller, callee);
      sbc.rests();
    },
  );

  plays('after the 200: nothing to cancel (§9.2), the call stays', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('CANCEL');
    caller.gets(200, { to: 'CANCEL' });
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('a callee that says nothing more: 487 after 64*T1 (§9.1)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    caller.sends('CANCEL');
    caller.gets(200, { to: 'CANCEL' });
    callee.gets('CANCEL');
    callee.sends(200, { to: 'CANCEL' });
    sbc.passes(31_999);
    sbc.nothing();
    sbc.passes(1);
    caller.gets(487);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('that nobody knows: 481', PLAIN, (sbc) => {
    sbc.receives(
      CALLER,
      `
      CANCEL sip:callee@callee.com SIP/2.0
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-unknown
      Max-Forwards: 70
      From: <sip:caller@caller.com>;tag=caller-tag-1
      To: <sip:callee@callee.com>
      Call-ID: call-1
      CSeq: 1 CANCEL
      `,
    );
    sbc.sends(
      CALLER,
      `
      SIP/2.0 481 Call/Transaction Does Not Exist
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-unknown
      From: <sip:caller@caller.com>;tag=caller-tag-1
      To: <sip:callee@callee.com>;tag=⟨tag?⟩
      Call-ID: call-1
      CSeq: 1 CANCEL
      `,
    );
    sbc.rests();
  });
});

describe('a callee that is not there', () => {
  plays('the INVITE is sent again at T1, 2*T1, 4*T1 …; 408 after 64*T1 (§17.1.1.2)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    for (const wait of [500, 1000, 2000, 4000, 8000, 16_000]) {
      sbc.passes(wait);
      callee.getsAgain('INVITE');
    }
    sbc.passes(499);
    sbc.nothing();
    sbc.passes(1);
    caller.gets(408);
    caller.sends('ACK');
    sbc.rests();
  });

  plays('an INVITE that comes again is not sent on again, its last response is (§17.2.1)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    caller.sends('INVITE', { body: IM_OFFER, number: 1, outside: true });
    caller.gets(100);
    callee.sends(180);
    caller.gets(180);
    caller.sends('INVITE', { body: IM_OFFER, number: 1, outside: true });
    caller.gets(180);
    callee.sends(486);
    callee.gets('ACK');
    caller.gets(486);
    caller.sends('ACK');
    sbc.rests();
  });

  plays(
    'one that rings for more than three minutes is given up: Timer C (§16.6 step 11, §16.8)',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isRinging(caller, callee);
      sbc.passes(180_000);
      sbc.nothing();
      sbc.passes(20_000);
      callee.gets('CANCEL');
      callee.sends(200, { to: 'CANCEL' });
      callee.sends(487);
      callee.gets('ACK');
      caller.gets(408);
      caller.sends('ACK');
      sbc.rests();
    },
  );

  plays('a host that refuses: 500 without waiting (§8.1.3.1, §16.9)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    sbc.cannotReach(CALLEE);
    caller.gets(500);
    caller.sends('ACK');
    sbc.rests();
  });
});

describe('the 2xx and its ACK go from end to end (§13.2.2.4, §13.3.1.4)', () => {
  plays('each 200 that comes again is passed on, and so is the one ACK', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    for (const _ of [1, 2, 3]) {
      callee.sends(200, { body: IM_ANSWER });
      caller.gets(200, { body: IM_ANSWER });
      sbc.passes(500);
    }
    // Each time the same one: some callees take another for a request that they did not expect.
    for (const branch of ['⟨branch of the ACK?⟩', '⟨branch of the ACK⟩', '⟨branch of the ACK⟩']) {
      caller.sends('ACK');
      callee.gets('ACK', { branch });
    }
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a 200 that comes again after the call: the ACK again; nobody else is asked', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    caller.sends('ACK');
    callee.gets('ACK', { branch: '⟨branch of the ACK?⟩' });
    hangsUp(caller, callee);
    sbc.passes(4_000);
    callee.sends(200, { body: IM_ANSWER });
    callee.gets('ACK', { branch: '⟨branch of the ACK⟩', maxForwards: 70 });
    sbc.rests();
  });

  plays('one that nobody acknowledged before the BYE is acknowledged by the SBC', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    hangsUp(caller, callee);
    for (const branch of ['⟨branch of the ACK?⟩', '⟨branch of the ACK⟩']) {
      callee.sends(200, { body: IM_ANSWER });
      callee.gets('ACK', { branch, number: 1, maxForwards: 70 });
    }
    sbc.rests();
  });

  plays('of another callee after the call: acknowledged and ended', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    callee.sends(200, { toTag: 'another' });
    callee.gets('ACK', { toTag: 'another', branch: '⟨branch of its ACK?⟩', maxForwards: 70 });
    callee.gets('BYE', { toTag: 'another', number: 100_002, maxForwards: 70 });
    callee.sends(200, { to: 'BYE', toTag: 'another' });
    sbc.rests();
  });

  plays('a caller that is gone before its ACK: BYE to both after 64*T1', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isRinging(caller, callee);
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    sbc.passes(32_000);
    callee.gets('BYE', { number: 2, maxForwards: 70 });
    caller.gets('BYE', { number: 1, maxForwards: 70 });
    callee.sends(200, { to: 'BYE' });
    caller.sends(200, { to: 'BYE' });
    sbc.rests();
  });
});

describe('forks: several callees answer one INVITE (§12.1, §13.2.2.4)', () => {
  plays('each has a tag of its own on the caller’s side; one takes the call', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    for (const fork of ['one', 'two']) {
      callee.sends(180, { toTag: `callee-${fork}` });
      caller.gets(180, { toTag: `⟨tag ${fork}⟩` });
    }
    callee.sends(200, { toTag: 'callee-two', body: IM_ANSWER });
    caller.gets(200, { toTag: '⟨tag two⟩', body: IM_ANSWER });
    caller.sends('ACK', { toTag: '⟨tag two⟩' });
    callee.gets('ACK', { toTag: 'callee-two' });
    caller.sends('BYE', { toTag: '⟨tag two⟩' });
    callee.gets('BYE', { toTag: 'callee-two' });
    callee.sends(200, { to: 'BYE' });
    caller.gets(200, { to: 'BYE' });
    // The other early dialog is over 64*T1 after the first 2xx.
    caller.sends('INFO', { toTag: '⟨tag one⟩' });
    callee.gets('INFO', { toTag: 'callee-one' });
    callee.sends(481, { to: 'INFO' });
    caller.gets(481, { to: 'INFO' });
    sbc.rests();
  });

  plays('two take it: both 2xx reach the caller, which ends one', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    for (const fork of ['one', 'two']) {
      callee.sends(200, {
        toTag: `callee-${fork}`,
        body: IM_ANSWER,
        contact: `<sip:${fork}@192.168.2.200:5060>`,
      });
      caller.gets(200, { toTag: `⟨tag ${fork}⟩`, body: IM_ANSWER });
    }
    for (const fork of ['one', 'two']) {
      caller.sends('ACK', { toTag: `⟨tag ${fork}⟩` });
      callee.gets('ACK', {
        toTag: `callee-${fork}`,
        uri: `sip:${fork}@192.168.2.200:5060`,
        branch: `⟨branch ack ${fork}?⟩`,
      });
    }
    for (const fork of ['two', 'one']) {
      caller.sends('BYE', { toTag: `⟨tag ${fork}⟩` });
      callee.gets('BYE', { toTag: `callee-${fork}`, uri: `sip:${fork}@192.168.2.200:5060` });
      callee.sends(200, { to: 'BYE' });
      caller.gets(200, { to: 'BYE' });
    }
    sbc.rests();
  });

  plays('with passthrough the tags are the callees’ own', PASSTHROUGH, (sbc) => {
    const { caller, callee } = partiesEndToEnd(sbc);
    isInvited(caller, callee);
    for (const toTag of ['callee-one', 'callee-two']) {
      callee.sends(180, { toTag });
      caller.gets(180, { toTag });
    }
    callee.sends(486, { toTag: 'callee-two' });
    callee.gets('ACK');
    caller.gets(486, { toTag: 'callee-two' });
    caller.sends('ACK');
    sbc.rests();
  });
});

describe('reliable provisional responses (RFC 3262)', () => {
  const headers = ['Require: 100rel', 'RSeq: 776'];
  const acknowledges = ['RAck: 776 1 INVITE'];

  plays('a 183 and its PRACK go from end to end; what comes again goes again', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    for (const _ of [1, 2]) {
      callee.sends(183, { headers, body: IM_ANSWER });
      caller.gets(183, { headers, body: IM_ANSWER });
      sbc.passes(500);
    }
    caller.sends('PRACK', { headers: acknowledges });
    callee.gets('PRACK', { headers: acknowledges });
    callee.sends(200, { to: 'PRACK' });
    caller.gets(200, { to: 'PRACK' });
    accepts(caller, callee, { answer: '' });
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('an UPDATE before the call is answered (RFC 3311 §5.1)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isInvited(caller, callee);
    callee.sends(183, { headers, body: IM_ANSWER });
    caller.gets(183, { headers, body: IM_ANSWER });
    caller.sends('PRACK', { headers: acknowledges });
    callee.gets('PRACK', { headers: acknowledges });
    callee.sends(200, { to: 'PRACK' });
    caller.gets(200, { to: 'PRACK' });
    for (const [one, other] of [
      [caller, callee],
      [callee, caller],
    ]) {
      one.sends('UPDATE', { body: IM_ANSWER });
      other.gets('UPDATE', { body: IM_ANSWER });
      other.sends(200, { to: 'UPDATE', body: IM_ANSWER });
      one.gets(200, { to: 'UPDATE', body: IM_ANSWER });
    }
    accepts(caller, callee, { answer: '' });
    hangsUp(callee, caller);
    sbc.rests();
  });
});
