// The playbooks themselves: what should fail, fails, and says why.
import { expect, test } from 'vitest';
import { peer } from './peer.ts';
import { type Playbook, play } from './playbook.ts';
import { StandIn } from './stand-in.ts';

test('a playbook that is true passes', () => {
  playStandIn((sbc) => {
    sbc.receives(CALLER, OPTIONS);
    sbc.sends(CALLER, ANSWER);
    sbc.rests();
  });
});

test('what the SBC makes up is bound once and the same ever after', () => {
  playStandIn((sbc) => {
    sbc.receives(CALLER, message('bob', 'z9hG4bK1'));
    sbc.sends(CALLEE, message('bob', 'z9hG4bK1', '⟨branch 1⟩'));
    sbc.passes(499);
    sbc.nothing();
    sbc.passes(1);
    sbc.sends(CALLEE, message('bob', 'z9hG4bK1', '⟨branch 1⟩'));
    sbc.receives(CALLER, message('bob', '⟨branch 1⟩'));
    sbc.sends(CALLEE, message('bob', '⟨branch 1⟩', '⟨branch 2?⟩'));
    sbc.passes(500);
    sbc.sends(CALLEE, message('bob', '⟨branch 1⟩', '⟨branch 2⟩'));
    sbc.rests();
  });
});

test('another message than the expected one fails, and shows both', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, ANSWER.replace('200 OK', '200 Fine'));
    }),
  ).toBe(`SBC → caller (- expected, + sent):
- SIP/2.0 200 Fine
+ SIP/2.0 200 OK
  Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK1
  From: <sip:caller@caller.com>;tag=a
  To: <sip:sbc.com>;tag=t1
  Call-ID: options-1
  CSeq: 1 OPTIONS
  Content-Length: 0
  ${''}
  ${''}`);
});

test('header lines in another order, or one more, fail', () => {
  const lines = ANSWER.split('\n');
  const swapped = [...lines.slice(0, 4), lines[5], lines[4], ...lines.slice(6)].join('\n');
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, swapped);
    }),
  ).toContain(
    '- Call-ID: options-1\n- To: <sip:sbc.com>;tag=t1\n+ To: <sip:sbc.com>;tag=t1\n+ Call-ID: options-1\n',
  );
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, `${ANSWER.trimEnd()}\n    Server: sipspect\n`);
    }),
  ).toContain('- Server: sipspect');
});

test('a step that expects a message where none is sent fails', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLEE, ANSWER);
    }),
  ).toMatch(
    /^nothing is sent to callee, where this was expected:\nSIP\/2\.0 200 OK[\s\S]*to udp 192\.168\.1\.121:5060:/,
  );
});

test('a message that no step expects fails: at the next message, when time passes, and at the end', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.receives(CALLER, OPTIONS);
    }),
  ).toMatch(
    /^no step expects this, before the next message of caller:\nto udp 192\.168\.1\.121:5060:\nSIP\/2\.0 200 OK/,
  );
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.passes(1);
    }),
  ).toMatch(/^no step expects this, before time passes:\n/);
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.nothing();
    }),
  ).toMatch(/^no step expects this, where nothing was expected:\n/);
  expect(failure((sbc) => sbc.receives(CALLER, OPTIONS))).toMatch(
    /^no step expects this, at the end of the playbook:\n/,
  );
});

test('a placeholder that never comes again fails, unless it says that it need not', () => {
  const steps = (placeholder: string) => (sbc: Playbook) => {
    sbc.receives(CALLER, OPTIONS);
    sbc.sends(CALLER, ANSWER.replace('⟨tag?⟩', placeholder));
  };
  expect(failure(steps('⟨tag⟩'))).toBe('bound, but never met again: ⟨tag⟩');
  expect(failure(steps('⟨tag?⟩'))).toBe('');
});

test('a placeholder that is used before it was seen fails', () => {
  expect(failure((sbc) => sbc.receives(CALLER, message('bob', '⟨branch 1⟩')))).toBe(
    '⟨branch 1⟩ is used before the SBC sent it',
  );
});

test('a placeholder has the shape that its name says', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, ANSWER.replace('⟨tag?⟩', '⟨branch?⟩'));
    }),
  ).toContain('+ To: <sip:sbc.com>;tag=t1');
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, ANSWER.replace('⟨tag?⟩', '⟨thing⟩'));
    }),
  ).toBe('⟨thing⟩: a placeholder is a branch, tag, call-id, user, number');
});

test('another value at a later place fails', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, ANSWER.replace('⟨tag?⟩', '⟨tag⟩'));
      sbc.receives(CALLER, OPTIONS);
      sbc.sends(CALLER, ANSWER.replace('⟨tag?⟩', '⟨tag⟩'));
    }),
  ).toContain('+ To: <sip:sbc.com>;tag=t2');
});

test('one value for two placeholders fails, and a value that the far side wrote', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, message('same', 'z9hG4bK1'));
      sbc.sends(CALLEE, message('same', 'z9hG4bK1', '⟨branch 1⟩'));
      sbc.receives(CALLER, message('same', 'z9hG4bK2'));
      sbc.sends(CALLEE, message('same', 'z9hG4bK2', '⟨branch 2⟩'));
    }),
  ).toBe('⟨branch 2⟩ has the value of ⟨branch 1⟩: z9hG4bKsame');
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, message('bob', 'z9hG4bKb1'));
      sbc.sends(CALLEE, message('bob', 'z9hG4bKb1', '⟨branch 1⟩'));
    }),
  ).toBe("⟨branch 1⟩ is not the SBC's own: z9hG4bKb1");
});

test('a message with a fault in it fails although it was expected so', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, message('broken', 'z9hG4bK1'));
      const relayed = message('broken', 'z9hG4bK1', '⟨branch?⟩');
      sbc.sends(CALLEE, relayed.replace('text/plain', 'text/plain\n    Content-Length: 99'));
    }),
  ).toContain('faults in what the SBC sends to callee');
});

test('a name is looked up, and the answer leads on', () => {
  playStandIn((sbc) => {
    sbc.receives(
      CALLER,
      OPTIONS.replaceAll('OPTIONS sip:sbc.com', 'INFO sip:callee.com').replace('1 OPTIONS', '1 INFO'),
    );
    sbc.resolves('callee.com', { transport: 'udp', ip: '192.168.1.121', port: 5060 });
    sbc.sends(CALLER, ANSWER.replace('1 OPTIONS', '1 INFO'));
  });
  expect(failure((sbc) => sbc.resolves('callee.com'))).toBe('callee.com is not looked up');
});

test('what is found has to be expected', () => {
  const steps = (sbc: Playbook): void => {
    sbc.receives(CALLER, OPTIONS.replace('sip:sbc.com SIP', 'sip:forbidden@sbc.com SIP'));
    sbc.sends(CALLER, ANSWER);
  };
  expect(failure(steps)).toBe('no step expects this, at the end of the playbook:\nfinds im/forbidden: no');
  expect(
    failure((sbc) => {
      steps(sbc);
      sbc.finds('im/forbidden');
    }),
  ).toBe('');
  expect(failure((sbc) => sbc.finds('im/forbidden'))).toBe('im/forbidden is not found');
});

test('what is stored comes back after a restart, and timers do not', () => {
  playStandIn((sbc) => {
    sbc.stores();
    sbc.receives(CALLER, OPTIONS.replaceAll('OPTIONS', 'REGISTER'));
    sbc.stores('binding');
    sbc.receives(CALLER, message('bob', 'z9hG4bK1'));
    sbc.sends(CALLEE, message('bob', 'z9hG4bK1', '⟨branch?⟩'));
    sbc.restarts();
    sbc.finds('im/restored');
    sbc.rests();
  });
});

test('the SBC is told that sending failed', () => {
  playStandIn((sbc) => {
    sbc.receives(CALLER, OPTIONS);
    sbc.sends(CALLER, ANSWER);
    sbc.cannotReach(CALLER);
    sbc.finds('im/send-failed');
  });
  expect(failure((sbc) => sbc.cannotReach(CALLEE))).toBe('nothing was sent to callee before');
});

test('whoever leaves something behind does not rest', () => {
  expect(
    failure((sbc) => {
      sbc.receives(CALLER, message('bob', 'z9hG4bK1'));
      sbc.sends(CALLEE, message('bob', 'z9hG4bK1', '⟨branch?⟩'));
      sbc.rests();
    }),
  ).toMatch(/^no step expects this, although all is said:\nto udp 192\.168\.10\.200:5060:\n/);
  expect(failure((sbc) => sbc.rests({ dialogs: 1 }))).toContain('left behind');
});

test('a policy with an error fails', () => {
  expect(() =>
    play(
      () => new StandIn(),
      'adjacencys: []',
      () => {},
    ),
  ).toThrow('1: unknown key "adjacencys" (did you mean adjacencies?)');
});

/** What the playbook says when it fails; '' when it passes. */
function failure(steps: (sbc: Playbook) => void): string {
  try {
    playStandIn(steps);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

function playStandIn(steps: (sbc: Playbook) => void): void {
  play(() => new StandIn(), '{}', steps);
}

function message(user: string, branch: string, above?: string): string {
  const via = above === undefined ? '' : `Via: SIP/2.0/UDP 192.168.10.10:5060;branch=${above}\n    `;
  return `
    MESSAGE sip:${user}@callee.com SIP/2.0
    ${via}Via: SIP/2.0/UDP 192.168.1.121:5060;branch=${branch}
    Max-Forwards: 70
    From: <sip:caller@caller.com>;tag=a
    To: <sip:callee@callee.com>
    Call-ID: message-1
    CSeq: 1 MESSAGE
    Content-Type: text/plain

    Hello.`;
}

const CALLER = peer('caller', '192.168.1.121:5060', '192.168.2.20:5060');
const CALLEE = peer('callee', '192.168.10.200:5060', '192.168.10.10:5060');
const OPTIONS = `
    OPTIONS sip:sbc.com SIP/2.0
    Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK1
    Max-Forwards: 70
    From: <sip:caller@caller.com>;tag=a
    To: <sip:sbc.com>
    Call-ID: options-1
    CSeq: 1 OPTIONS
    `;
const ANSWER = `
    SIP/2.0 200 OK
    Via: SIP/2.0/UDP 192.168.1.121:5060;branch=z9hG4bK1
    From: <sip:caller@caller.com>;tag=a
    To: <sip:sbc.com>;tag=⟨tag?⟩
    Call-ID: options-1
    CSeq: 1 OPTIONS
    `;
