// The driver alone, with a stand-in for the core: what it is given, and when.
import { expect, test } from 'vitest';
import { predict } from '../../src/replay/predict.ts';
import type { RecordedMessage } from '../../src/replay/recorded-message.ts';
import type { Command } from '../../src/sbc/command.ts';
import type { SbcEvent } from '../../src/sbc/event.ts';
import type { AskedIdentifier, IdentifierSource } from '../../src/sbc/identifier-source.ts';
import { boxItself } from './box-itself.ts';
import { readPolicy, readRecording } from './read-recording.ts';

const SIDES = 'samples/sbc-sides';

test('identifiers are those that the box chose; where it chose none they are made up and say so', async () => {
  const recording = await readRecording([`${SIDES}/rewriting.pcapng`], readPolicy(`${SIDES}/rewriting.yaml`));
  const given: string[] = [];
  const box = boxItself(recording);
  const prediction = predict(recording, recording.policy, (setup) => ({
    handle(event): readonly Command[] {
      if (event.kind === 'received') given.push(...askAll(event, setup.identifiers));
      return box(setup).handle(event);
    },
  }));
  const byFrame = (frame: number): RecordedMessage => {
    return recording.messages.find(({ message }) => message.frame === frame)!;
  };
  const invite = byFrame(3).message;
  const answer = byFrame(6).message;
  expect(given).toEqual([
    `INVITE branch callee_adj ${invite.branch}`,
    `INVITE branch callee_adj z9hG4bK-predicted-1-1`,
    `INVITE tag callee_adj ${invite.fromTag}`,
    `INVITE tag caller_adj ${answer.toTag}`,
    `INVITE call-id callee_adj ${invite.callId}`,
    'INVITE contact-user callee_adj caller',
    `200 tag caller_adj ${answer.toTag}`,
    'own branch callee_adj z9hG4bK-predicted-own-callee_adj-0',
    'own call-id callee_adj predicted-own-callee_adj-0@sbc.invalid',
  ]);
  expect(prediction.madeUp).toBe(3);
});

function askAll(event: Extract<SbcEvent, { kind: 'received' }>, identifiers: IdentifierSource): string[] {
  const { message } = event;
  const name = message.isRequest ? message.method : String(message.status);
  const ask = (kind: AskedIdentifier['kind'], adjacency: string, own = false): string => {
    const cause = own ? null : message;
    return `${own ? 'own' : name} ${kind} ${adjacency} ${identifiers.next({ kind, adjacency, cause })}`;
  };
  if (message.frame === 1)
    return [
      ask('branch', 'callee_adj'),
      ask('branch', 'callee_adj'),
      ask('tag', 'callee_adj'),
      ask('tag', 'caller_adj'),
      ask('call-id', 'callee_adj'),
      ask('contact-user', 'callee_adj'),
    ];
  if (message.frame === 5) return [ask('tag', 'caller_adj')];
  return message.frame === 15 ? [ask('branch', 'callee_adj', true), ask('call-id', 'callee_adj', true)] : [];
}

test('timers fire between messages, questions are answered from the recording, what is sent again counts once', async () => {
  const recording = await readRecording([`${SIDES}/rewriting.pcapng`], readPolicy(`${SIDES}/rewriting.yaml`));
  const seen: string[] = [];
  const octets = Buffer.from(
    'OPTIONS sip:x@192.0.2.7 SIP/2.0\r\nCSeq: 7 OPTIONS\r\nContent-Length: 0\r\n\r\n',
  );
  const { messages, events } = predict(recording, recording.policy, () => {
    let cause: Extract<SbcEvent, { kind: 'received' }> | undefined;
    return {
      handle(event): readonly Command[] {
        seen.push(lineOf(event));
        if (event.kind === 'received' && event.message.frame === 1) {
          cause = event;
          const hop = { host: 'callees.example.com', port: null, transport: null };
          return [
            { kind: 'set-timer', timer: 1, name: 'A', at: event.at },
            { kind: 'set-timer', timer: 2, name: 'B', at: event.at + 1e9 },
            { kind: 'resolve', query: 5, hop, adjacency: 'callee_adj' },
            { kind: 'resolve', query: 6, hop: { ...hop, port: 5070 }, adjacency: 'caller_adj' },
            { kind: 'set-timer', timer: 3, name: 'C', at: event.at },
            { kind: 'clear-timer', timer: 3 },
          ];
        }
        if (event.kind === 'received') return [];
        const { flow, message } = cause!;
        return [{ kind: 'send', send: 1, flow, octets, cause: message, again: event.kind === 'timer-fired' }];
      },
    };
  });
  expect(seen.filter((line) => !line.startsWith('received')).concat(seen.slice(0, 5))).toEqual([
    'resolved 5 127.0.0.40:5060',
    'resolved 6 127.0.0.10:5070',
    'timer-fired 1',
    'received 1',
    'resolved 5 127.0.0.40:5060',
    'resolved 6 127.0.0.10:5070',
    'timer-fired 1',
    'received 7',
  ]);
  expect({
    events,
    messages: messages.map(({ again, adjacency, cause }) => [again, adjacency, cause?.message.frame]),
  }).toEqual({ events: 7, messages: [[2, 'caller_adj', 1]] });
});

function lineOf(event: SbcEvent): string {
  if (event.kind === 'received') return `received ${event.message.frame}`;
  if (event.kind === 'timer-fired') return `timer-fired ${event.timer}`;
  if (event.kind !== 'resolved') return event.kind;
  return `resolved ${event.query} ${event.targets.map(({ ip, port }) => `${ip}:${port}`).join()}`;
}
