// Requests within a dialog: RFC 3261 §12.2, §14, §15, RFC 3311, RFC 4028, RFC 6086.
import { describe } from 'vitest';
import { hangsUp, isAnswered, isRinging, passes } from '../call.ts';
import { plays } from '../core-under-test.ts';
import { CALLER, PLAIN, parties } from '../scene.ts';
import { IM_ANSWER, IM_OFFER } from '../session-descriptions.ts';

describe('re-INVITE (§14)', () => {
  plays('from either side, with its own 200 and ACK', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    for (const [one, other] of [
      [caller, callee],
      [callee, caller],
    ]) {
      one.sends('INVITE', { body: IM_OFFER });
      one.gets(100);
      other.gets('INVITE', { body: IM_OFFER });
      other.sends(200, { body: IM_ANSWER });
      one.gets(200, { body: IM_ANSWER });
      one.sends('ACK');
      other.gets('ACK');
    }
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('refused by the other side: the call stays as it was', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('INVITE', { body: IM_OFFER });
    caller.gets(100);
    callee.gets('INVITE', { body: IM_OFFER });
    callee.sends(488);
    callee.gets('ACK');
    caller.gets(488);
    caller.sends('ACK');
    passes(caller, callee, 'MESSAGE', 'Still here.');
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('cancelled', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    callee.sends('INVITE', { body: IM_OFFER });
    callee.gets(100);
    caller.gets('INVITE', { body: IM_OFFER });
    caller.sends(180);
    callee.gets(180);
    callee.sends('CANCEL');
    callee.gets(200, { to: 'CANCEL' });
    caller.gets('CANCEL');
    caller.sends(200, { to: 'CANCEL' });
    caller.sends(487);
    caller.gets('ACK');
    callee.gets(487);
    callee.sends('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('both sides at once: 491 for the later one (§14.2)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('INVITE', { body: IM_OFFER });
    caller.gets(100);
    callee.gets('INVITE', { body: IM_OFFER });
    callee.sends('INVITE', { body: IM_ANSWER });
    callee.gets(491, { contact: null });
    callee.sends('ACK');
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    caller.sends('ACK');
    callee.gets('ACK');
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('a second one before the first is answered: 500 with Retry-After (§14.2)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('INVITE', { body: IM_OFFER });
    caller.gets(100);
    callee.gets('INVITE', { body: IM_OFFER });
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    caller.sends('ACK');
    callee.gets('ACK');
    caller.sends('INVITE', { body: IM_OFFER });
    caller.gets(100);
    callee.gets('INVITE', { body: IM_OFFER });
    caller.sends('INVITE', { body: IM_OFFER });
    caller.gets(500, { contact: null, headers: ['Retry-After: 5'] });
    caller.sends('ACK');
    callee.sends(200, { body: IM_ANSWER });
    sbc.sends(
      CALLER,
      `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK-caller-3-INVITE
      From: Caller <sip:caller@caller.com>;tag=caller-tag-1
      To: Callee <sip:callee@callee.com>;tag=⟨tag to caller⟩
      Call-ID: call-1
      CSeq: 3 INVITE
      Contact: <sip:⟨user to caller⟩@192.168.2.20:5060>
      Content-Type: application/sdp

${IM_ANSWER}`,
    );
    caller.sends('ACK', { number: 3, branch: 'z9hG4bK-ack-3' });
    callee.gets('ACK', { number: 3 });
    hangsUp(callee, caller);
    sbc.rests();
  });
});

describe('where requests go (§12.2.1.1)', () => {
  plays('a new Contact in re-INVITE and UPDATE is where later ones go', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('UPDATE', { contact: '<sip:moved@192.168.1.121:5060>' });
    callee.gets('UPDATE');
    callee.sends(200, { to: 'UPDATE', contact: '<sip:moved-too@192.168.2.200:5060>' });
    caller.gets(200, { to: 'UPDATE' });
    callee.sends('INFO');
    caller.gets('INFO', { uri: 'sip:moved@192.168.1.121:5060' });
    caller.sends(200, { to: 'INFO' });
    callee.gets(200, { to: 'INFO' });
    caller.sends('BYE');
    callee.gets('BYE', { uri: 'sip:moved-too@192.168.2.200:5060' });
    callee.sends(200, { to: 'BYE' });
    caller.gets(200, { to: 'BYE' });
    sbc.rests();
  });

  plays('a Contact that is a name is looked up (RFC 3263)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc, {}, { contact: 'sip:callee@phone.callee.com' });
    isRinging(caller, callee);
    callee.sends(200, { body: IM_ANSWER });
    caller.gets(200, { body: IM_ANSWER });
    caller.sends('ACK');
    sbc.resolves('phone.callee.com', { transport: 'udp', ip: '192.168.2.200', port: 5060 });
    callee.gets('ACK');
    caller.sends('BYE');
    sbc.resolves('phone.callee.com', { transport: 'udp', ip: '192.168.2.200', port: 5060 });
    callee.gets('BYE');
    callee.sends(200, { to: 'BYE' });
    caller.gets(200, { to: 'BYE' });
    sbc.rests();
  });
});

describe('what passes from end to end', () => {
  for (const method of ['INFO', 'MESSAGE', 'OPTIONS', 'UPDATE', 'X-OWN']) {
    plays(`${method}, from either side`, PLAIN, (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      for (const [one, other] of [
        [caller, callee],
        [callee, caller],
      ]) {
        const body = method === 'UPDATE' ? '' : 'Text.';
        passes(one, other, method, body);
      }
      hangsUp(caller, callee);
      sbc.rests();
    });
  }

  plays('header lines that nobody knows, folded ones and short forms, as they were spelled', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    const headers = ['X-Unknown:  1 , 2', 's: short', 'Subject : long', 'X-Folded: one\n two', 'x-unknown:'];
    caller.sends('INFO', { headers });
    callee.gets('INFO', { headers });
    callee.sends(200, { to: 'INFO', headers });
    caller.gets(200, { to: 'INFO', headers });
    hangsUp(caller, callee);
    sbc.rests();
  });

  plays('the headers of session timers (RFC 4028)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    const asks = ['Supported: timer', 'Session-Expires: 50', 'Min-SE: 90'];
    caller.sends('INVITE', { headers: asks });
    caller.gets(100);
    callee.gets('INVITE', { headers: asks });
    callee.sends(422, { headers: ['Min-SE: 120'] });
    callee.gets('ACK');
    caller.gets(422, { headers: ['Min-SE: 120'] });
    caller.sends('ACK');
    const again = ['Supported: timer', 'Session-Expires: 120', 'Min-SE: 120'];
    caller.sends('INVITE', { headers: again, outside: true });
    caller.gets(100);
    callee.gets('INVITE', { headers: again, outside: true, contact: '<sip:⟨user?⟩@192.168.10.10:5060>' });
    const grants = ['Require: timer', 'Session-Expires: 120;refresher=uac'];
    callee.sends(200, { headers: grants, toTag: 'callee-tag-2' });
    caller.gets(200, { headers: grants, toTag: '⟨tag second⟩' });
    caller.sends('ACK', { toTag: '⟨tag second⟩' });
    callee.gets('ACK', { toTag: 'callee-tag-2' });
    // Nobody refreshes it: the SBC gives it up some time after it ran out (§10).
    sbc.passes(120_000);
    sbc.nothing();
    sbc.passes(32_000);
    callee.gets('BYE', { number: 3, maxForwards: 70, toTag: 'callee-tag-2' });
    sbc.sends(
      CALLER,
      `
      BYE sip:caller@192.168.1.121:5060 SIP/2.0
      Via: SIP/2.0/UDP 192.168.2.20:5060;rport;branch=⟨branch of the BYE⟩
      Max-Forwards: 70
      From: Callee <sip:callee@callee.com>;tag=⟨tag second⟩
      To: Caller <sip:caller@caller.com>;tag=caller-tag-1
      Call-ID: call-1
      CSeq: 1 BYE
      `,
    );
    callee.sends(200, { to: 'BYE' });
    sbc.receives(
      CALLER,
      `
      SIP/2.0 200 OK
      Via: SIP/2.0/UDP 192.168.2.20:5060;rport;branch=⟨branch of the BYE⟩
      From: Callee <sip:callee@callee.com>;tag=⟨tag second⟩
      To: Caller <sip:caller@caller.com>;tag=caller-tag-1
      Call-ID: call-1
      CSeq: 1 BYE
      `,
    );
    sbc.rests();
  });
});

describe('what does not pass', () => {
  plays('a request in a dialog that nobody knows: 481', PLAIN, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('BYE', { outside: false, toTag: 'unknown', uri: 'sip:callee@192.168.2.20' });
    caller.gets(481, { to: 'BYE' });
    sbc.rests();
  });

  plays('a request after BYE: 481', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    hangsUp(caller, callee);
    callee.sends('INFO');
    callee.gets(481, { to: 'INFO' });
    sbc.rests();
  });

  plays('a CSeq number lower than one before: 500 (§12.2.2)', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    passes(caller, callee, 'INFO');
    caller.sends('INFO', { number: 1, branch: 'z9hG4bK-late' });
    caller.gets(500, { to: 'INFO' });
    hangsUp(callee, caller);
    sbc.rests();
  });

  plays('an ACK that belongs to nothing is let go', PLAIN, (sbc) => {
    const { caller } = parties(sbc);
    caller.sends('ACK', { outside: false, toTag: 'unknown', uri: 'sip:callee@192.168.2.20' });
    sbc.rests();
  });
});

describe('a side that is gone', () => {
  plays(
    'BYE that is never answered: the call is over; no 408 for what is no INVITE (RFC 4320 §4.2)',
    PLAIN,
    (sbc) => {
      const { caller, callee } = parties(sbc);
      isAnswered(caller, callee);
      caller.sends('BYE');
      callee.gets('BYE');
      for (const wait of [500, 1000, 2000, 4000, 4000, 4000, 4000, 4000, 4000, 4000]) {
        sbc.passes(wait);
        callee.gets('BYE');
      }
      sbc.passes(500);
      sbc.rests();
    },
  );

  plays('both sides hang up at once: each BYE is answered', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    caller.sends('BYE');
    callee.gets('BYE');
    callee.sends('BYE');
    caller.gets('BYE');
    callee.sends(200, { to: 'BYE' });
    caller.gets(200, { to: 'BYE' });
    caller.sends(200, { to: 'BYE' });
    callee.gets(200, { to: 'BYE' });
    sbc.rests();
  });

  plays('nothing is heard for twelve hours: BYE to both', PLAIN, (sbc) => {
    const { caller, callee } = parties(sbc);
    isAnswered(caller, callee);
    sbc.passes(12 * 3_600_000);
    callee.gets('BYE', { number: 2, maxForwards: 70 });
    caller.gets('BYE', { number: 1, maxForwards: 70 });
    callee.sends(200, { to: 'BYE' });
    caller.sends(200, { to: 'BYE' });
    sbc.rests();
  });
});
