// When timers run and what they send, in numbers: RFC 3261 §17, Table 4, Figures 5 to 8; RFC 6026 §7.
import { describe, expect, test } from 'vitest';
import { NOTHING_LEFT, requestText, responseText, Stage, TCP, UDP } from './stage.ts';

const TO = '192.0.2.1:5060';

describe('INVITE client', () => {
  test('no response over UDP: timer A doubles until timer B', () => {
    const stage = new Stage();
    stage.request('INVITE');
    stage.run();
    expect(stage.take()).toEqual([
      `0 > ${TO} INVITE`,
      '0 + A 500',
      '0 + B 32000',
      `500 > ${TO} INVITE again`,
      '500 + A 1000',
      `1500 > ${TO} INVITE again`,
      '1500 + A 2000',
      `3500 > ${TO} INVITE again`,
      '3500 + A 4000',
      `7500 > ${TO} INVITE again`,
      '7500 + A 8000',
      `15500 > ${TO} INVITE again`,
      '15500 + A 16000',
      `31500 > ${TO} INVITE again`,
      '31500 + A 32000',
      '32000 - A',
      '32000 failed timeout terminated',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('no response over TCP: timer B alone', () => {
    const stage = new Stage();
    stage.request('INVITE', TCP);
    stage.run();
    expect(stage.take()).toEqual([`0 > ${TO}#7 INVITE`, '0 + B 32000', '32000 failed timeout terminated']);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('answered with 2xx: accepted for 64*T1 over any transport', () => {
    for (const [flow, way, timerA] of [
      [UDP, TO, ['0 + A 500', '0 + B 32000', '100 - A', '100 - B']],
      [TCP, `${TO}#7`, ['0 + B 32000', '100 - B']],
    ] as const) {
      const stage = new Stage();
      stage.request('INVITE', flow);
      stage.run(100);
      stage.receive(responseText(180, 'INVITE'), flow);
      stage.run(900);
      stage.receive(responseText(200, 'INVITE'), flow);
      stage.run(500);
      stage.receive(responseText(200, 'INVITE'), flow);
      stage.receive(responseText(200, 'INVITE', { toTag: 'c' }), flow);
      stage.run();
      expect(stage.take()).toEqual([
        `0 > ${way} INVITE`,
        ...timerA,
        '100 response 180 INVITE',
        '1000 + M 32000',
        '1000 response 200 INVITE',
        '1500 response 200 INVITE',
        '1500 response 200 INVITE',
      ]);
      expect(stage.left).toEqual(NOTHING_LEFT);
    }
  });
});

describe('INVITE server', () => {
  test('answered with 2xx', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'));
    stage.respond(stage.requests[0], 100);
    stage.respond(stage.requests[0], 200);
    stage.receive(requestText('INVITE'));
    stage.respond(stage.requests[0], 200);
    stage.receive(requestText('ACK', { toTag: 'b', branch: 'z9hG4bK2' }));
    stage.run();
    expect(stage.take()).toEqual([
      '0 request INVITE',
      `0 > ${TO} 100 INVITE`,
      `0 > ${TO} 200 INVITE`,
      '0 + L 32000',
      `0 > ${TO} 200 INVITE again`,
      '0 ack z9hG4bK2',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('answered with a failure over UDP: timer G up to T2, until timer H', () => {
    const stage = new Stage();
    stage.receive(requestText('INVITE'));
    stage.respond(stage.requests[0], 486);
    stage.run();
    expect(stage.take()).toEqual([
      '0 request INVITE',
      `0 > ${TO} 486 INVITE`,
      '0 + G 500',
      '0 + H 32000',
      `500 > ${TO} 486 INVITE again`,
      '500 + G 1000',
      `1500 > ${TO} 486 INVITE again`,
      '1500 + G 2000',
      `3500 > ${TO} 486 INVITE again`,
      '3500 + G 4000',
      `7500 > ${TO} 486 INVITE again`,
      '7500 + G 4000',
      `11500 > ${TO} 486 INVITE again`,
      '11500 + G 4000',
      `15500 > ${TO} 486 INVITE again`,
      '15500 + G 4000',
      `19500 > ${TO} 486 INVITE again`,
      '19500 + G 4000',
      `23500 > ${TO} 486 INVITE again`,
      '23500 + G 4000',
      `27500 > ${TO} 486 INVITE again`,
      '27500 + G 4000',
      `31500 > ${TO} 486 INVITE again`,
      '31500 + G 4000',
      '32000 - G',
      '32000 unacknowledged terminated',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });
});

describe('non-INVITE client', () => {
  test('no response over UDP: timer E doubles up to T2, until timer F', () => {
    const stage = new Stage();
    stage.request('OPTIONS');
    stage.run();
    expect(stage.take()).toEqual([
      `0 > ${TO} OPTIONS`,
      '0 + E 500',
      '0 + F 32000',
      `500 > ${TO} OPTIONS again`,
      '500 + E 1000',
      `1500 > ${TO} OPTIONS again`,
      '1500 + E 2000',
      `3500 > ${TO} OPTIONS again`,
      '3500 + E 4000',
      `7500 > ${TO} OPTIONS again`,
      '7500 + E 4000',
      `11500 > ${TO} OPTIONS again`,
      '11500 + E 4000',
      `15500 > ${TO} OPTIONS again`,
      '15500 + E 4000',
      `19500 > ${TO} OPTIONS again`,
      '19500 + E 4000',
      `23500 > ${TO} OPTIONS again`,
      '23500 + E 4000',
      `27500 > ${TO} OPTIONS again`,
      '27500 + E 4000',
      `31500 > ${TO} OPTIONS again`,
      '31500 + E 4000',
      '32000 - E',
      '32000 failed timeout terminated',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });

  test('once proceeding, timer E is T2; the final response is waited for until timer F all the same', () => {
    const stage = new Stage();
    stage.request('OPTIONS');
    stage.run(200);
    stage.receive(responseText(100, 'OPTIONS'));
    stage.run(5000);
    stage.receive(responseText(200, 'OPTIONS'));
    stage.run(1000);
    stage.receive(responseText(200, 'OPTIONS'));
    stage.run();
    expect(stage.take()).toEqual([
      `0 > ${TO} OPTIONS`,
      '0 + E 500',
      '0 + F 32000',
      '200 response 100 OPTIONS',
      `500 > ${TO} OPTIONS again`,
      '500 + E 4000',
      `4500 > ${TO} OPTIONS again`,
      '4500 + E 4000',
      '5200 - E',
      '5200 - F',
      '5200 + K 5000',
      '5200 response 200 OPTIONS',
    ]);
    expect(stage.left).toEqual(NOTHING_LEFT);
  });
});

describe('ends', () => {
  test.each([
    ['I, once acknowledged', 5000, 'INVITE', 486],
    ['L, once accepted', 32_000, 'INVITE', 200],
    ['J, once answered', 32_000, 'BYE', 200],
  ])('of a server over UDP: timer %s', (_, after, method, status) => {
    const stage = new Stage();
    stage.receive(requestText(method));
    stage.respond(stage.requests[0], status);
    if (status === 486) stage.receive(requestText('ACK', { toTag: 'b' }));
    stage.run(after - 1);
    const before = stage.requests[0].state;
    stage.run(1);
    expect([before === 'terminated', stage.requests[0].state, stage.left]).toEqual([
      false,
      'terminated',
      NOTHING_LEFT,
    ]);
  });

  test.each([
    ['D, after a failure', 32_000, 'INVITE', 486],
    ['M, after a 2xx', 32_000, 'INVITE', 200],
    ['K', 5000, 'BYE', 200],
  ])('of a client over UDP: timer %s', (_, after, method, status) => {
    const stage = new Stage();
    const client = stage.request(method);
    stage.receive(responseText(status, method));
    stage.run(after - 1);
    const before = client.state;
    stage.run(1);
    expect([before === 'terminated', client.state, stage.left]).toEqual([false, 'terminated', NOTHING_LEFT]);
  });
});
