// RFC 3264 §5, §8: o= stays as it was but for the version, which goes up by one when the description changes.
import { type Origin, parseOrigin } from '../../sdp/origin.ts';
import { type Evidence, sdpEvidence } from '../evidence.ts';
import { offerAnswerOf } from '../facts/offer-answer.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { defineRule, type RuleContext } from '../rule.ts';
import { sessionText } from './session-text.ts';

export default defineRule({
  meta: {
    id: 'sdp/origin-version',
    severity: 'warning',
    scope: 'dialog',
    tier: 2,
    since: '0.2.0',
    summary:
      'In a session the o= line of one side changes only in its version, by one with each change of the SDP.',
    why: 'A peer that trusts the version ignores the new description: hold, or a new media address, has no effect.',
    exceptions: [
      'Forks: each To tag has its own descriptions.',
      'Several responses to one INVITE, which say the same (sdp/offer-answer-state).',
      'A privacy service that writes 0 0 always: a change under it is told as sbc-constant.',
    ],
    fix: 'Have the sender, or the box that rewrites its SDP, keep the o= line and raise its version by one with each change.',
    sources: [
      {
        document: 'RFC 3264',
        section: '8',
        says: 'o= is identical but for the version, which goes up by one',
      },
      { document: 'RFC 3264', section: '5', says: 'the version is a number of 64 bits with sign' },
    ],
    messages: {
      unchanged: 'The SDP changed, and its version {version} did not',
      'sbc-constant': 'The SDP changed under an o= line that is always 0 0',
      jump: 'The version of the SDP went from {before} to {version}',
      identity: 'The {field} in o= changed from {before} to {value}',
      needless: 'The version of the SDP went from {before} to {version}, and nothing else changed',
    },
  },
  create: (context) => ({
    dialog(dialog) {
      const { exchanges } = offerAnswerOf(dialog);
      if (exchanges.length < 2) return;
      for (const side of [true, false]) {
        const own = exchanges.flatMap(({ offer, answer, byCaller }) => {
          const sdp = byCaller === side ? offer : answer;
          return sdp === undefined ? [] : [sdp];
        });
        // An offer may be answered after the next exchange: in the order of the capture.
        own.sort((a, b) => a.message.frame - b.message.frame);
        putOvertakenBack(own);
        for (let index = 1; index < own.length; index++) judge(own[index - 1]!, own[index]!, context);
      }
    },
  }),
});

/** Datagrams sent one upon the other may come the other way round: then the versions tell. */
function putOvertakenBack(own: SdpFacts[]): void {
  for (let index = 1; index < own.length; index++) {
    const [before, after] = [own[index - 1]!, own[index]!];
    if (after.message.sip.transport !== 'udp' || versionOf(before) <= versionOf(after)) continue;
    if (before.message.millisecondsTo(after.message) > OVERTAKEN) continue;
    own[index - 1] = after;
    own[index] = before;
  }
}

function versionOf(sdp: SdpFacts): bigint {
  const origin = originOf(sdp);
  return origin?.valid === true ? BigInt(origin.sessionVersion) : 0n;
}

type Key = 'unchanged' | 'sbc-constant' | 'jump' | 'identity' | 'needless';

function judge(before: SdpFacts, sdp: SdpFacts, { report }: RuleContext<Key>): void {
  if (before.octets.equals(sdp.octets)) return;
  const [old, now] = [originOf(before), originOf(sdp)];
  if (old === undefined || now === undefined || !old.valid || !now.valid) return;
  const tell = (message: Key, data: Record<string, string>, severity?: 'error' | 'info'): void =>
    report({
      message,
      data,
      at: [sdp.message, before.message],
      evidence: [...originLine(sdp), ...originLine(before)],
      ...(severity !== undefined && { severity }),
    });
  const field = FIELDS.find(([, name]) => old[name] !== now[name]);
  if (field !== undefined) {
    // RFC 3264 §8: another session, as far as o= says: its version compares with nothing.
    tell('identity', { field: field[0], before: old[field[1]], value: now[field[1]] });
    return;
  }
  const step = BigInt(now.sessionVersion) - BigInt(old.sessionVersion);
  const changed = sessionText(before) !== sessionText(sdp);
  if (step === 0n) {
    if (!changed) return;
    const constant = Number(now.sessionId) === 0 && Number(now.sessionVersion) === 0;
    if (constant) tell('sbc-constant', {});
    else tell('unchanged', { version: now.sessionVersion }, 'error');
  } else if (step !== 1n) {
    tell('jump', { before: old.sessionVersion, version: now.sessionVersion });
  } else if (!changed) {
    tell('needless', { before: old.sessionVersion, version: now.sessionVersion }, 'info');
  }
}

function originOf({ description }: SdpFacts): Origin | undefined {
  const value = description.first('o');
  return value === undefined ? undefined : parseOrigin(value.trimEnd());
}

function originLine(sdp: SdpFacts): Evidence[] {
  const line = sdp.description.lines.find(({ type }) => type === 'o');
  return line === undefined ? [] : [sdpEvidence(sdp, line)];
}

const FIELDS = [
  ['user name', 'username'],
  ['session id', 'sessionId'],
  ['address', 'address'],
] as const satisfies readonly (readonly [string, keyof Origin])[];
/** Milliseconds: more than ways differ. */
const OVERTAKEN = 200;
