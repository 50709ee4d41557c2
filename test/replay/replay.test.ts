// What is said of a box that does as predicted, and of one that does not. The stand-in sends what the recorded box sent, changed.
import { expect, test } from 'vitest';
import type { Sent } from '../../src/replay/matching.ts';
import type { MessageOutcome } from '../../src/replay/message-outcome.ts';
import type { RecordedMessage } from '../../src/replay/recorded-message.ts';
import { replay } from '../../src/replay/replay.ts';
import { boxItself } from './box-itself.ts';
import { readPolicy, readRecording } from './read-recording.ts';

const SIDES = 'samples/sbc-sides';

test('a box that does as predicted', async () => {
  for (const [name, policy] of [
    ['rewriting', 'rewriting'],
    ['passthrough', 'passthrough'],
    ['privacy', 'privacy'],
    ['registered', 'passthrough'],
  ]) {
    const recording = await readRecording([`${SIDES}/${name}.pcapng`], readPolicy(`${SIDES}/${policy}.yaml`));
    const { scenarios } = replay(recording, boxItself(recording));
    expect(scenarios.map(({ verdict, messages }) => [verdict, messages.flatMap(lines)])).toEqual(
      scenarios.map(() => ['as-predicted', []]),
    );
  }
});

test('each difference with its place and the rule that it breaks', async () => {
  const lines = await differencesWith('rewriting', (octets, { message }) => {
    if (message.frame === 3)
      return octets
        .replace('Contact: <sip:caller@127.0.0.30', 'Contact: <sip:other@127.0.0.30')
        .replace('Max-Forwards: 69', 'Max-Forwards: 12')
        .replace(/^Call-ID: .*/m, 'Call-ID: 1')
        .replace('c=IN IP4', 'c=IN IP6');
    if (message.frame === 6) return octets.replace('200 OK', '200 Fine').replace(/^Via:/m, 'v:');
    return octets;
  });
  expect(lines).toEqual([
    'differs',
    'INVITE: header Max-Forwards: 12 / 69: a B2BUA may count on or begin anew (RFC 7092 §3)',
    'INVITE: header Call-ID: 1 / sbc///im-1: null',
    'INVITE: header Contact: <sip:other@127.0.0.30:5060> / <sip:caller@127.0.0.30:5060>: null',
    'INVITE: SDP c: c=IN IP6 127.0.0.10 / c=IN IP4 127.0.0.10: im/sdp-modified-without-privacy',
    '200 INVITE: start line : SIP/2.0 200 Fine / SIP/2.0 200 OK: the reason phrase is for people (RFC 3261 §7.2)',
    '200 INVITE: spelling Via: v / Via: another spelling of the same name (RFC 3261 §7.3.1, §7.3.3)',
  ]);
});

test('messages that are missing, extra, and of another status', async () => {
  const lines = await differencesWith('rewriting', (octets, { message }) => {
    if (message.frame === 2 || message.frame === 14) return null;
    return message.frame === 12 ? octets.replace('200 OK', '480 Gone') : octets;
  });
  expect(lines).toEqual([
    'differs',
    'extra 100 INVITE a 100 may be left out where another answer comes within 200 ms (RFC 3261 §17.2.1)',
    '200 MESSAGE: start line : SIP/2.0 480 Gone / SIP/2.0 200 OK: null',
    'extra BYE',
    'unseen 200 BYE it came of what would not have reached the SBC, had all before been as predicted',
  ]);
});

test('from where a call goes another way, it is compared no further', async () => {
  const lines = await differencesWith('mixed', (octets, { message }) => {
    if (message.frame === 3) return null;
    return message.frame === 2 ? octets.replace('100 Trying', '488 Not Acceptable Here') : octets;
  });
  expect(lines).toEqual([
    'differs',
    '200 INVITE: start line : SIP/2.0 488 Not Acceptable Here / SIP/2.0 200 OK: null',
    'extra 100 INVITE a 100 may be left out where another answer comes within 200 ms (RFC 3261 §17.2.1)',
    'extra INVITE',
    ...['ACK', 'MESSAGE', '200 MESSAGE', 'BYE', '200 BYE'].map(
      (what) =>
        `unseen ${what} it came of what would not have reached the SBC, had all before been as predicted`,
    ),
  ]);
});

async function differencesWith(
  name: string,
  edit: (octets: string, sent: RecordedMessage) => string | null,
): Promise<string[]> {
  const recording = await readRecording([`${SIDES}/${name}.pcapng`], readPolicy(`${SIDES}/rewriting.yaml`));
  const { scenarios } = replay(recording, boxItself(recording, edit));
  return scenarios.flatMap(({ verdict, messages }) => [verdict, ...messages.flatMap(lines)]);
}

function lines({ kind, predicted, recorded, differences, cosmetic, rule }: MessageOutcome<Sent>): string[] {
  const { message } = (recorded ?? predicted)!;
  const what = message.isRequest ? message.method : `${message.status} ${message.cseqMethod}`;
  if (kind !== 'pair') return [`${kind} ${what} ${cosmetic ?? ''} ${rule ?? ''}`.trimEnd()];
  return differences.map((one) => {
    const values = `${one.predicted.join(' | ')} / ${one.recorded.join(' | ')}`;
    return `${what}: ${one.part} ${one.name}: ${values}: ${one.cosmetic ?? one.rule}`;
  });
}
