// RFC 6076 §4.6 (SER), §4.7 (SEER), §4.8 (ISA): how many attempts each peer lets succeed.
import { factEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'quality/failure-ratio',
    severity: 'warning',
    scope: 'capture',
    tier: 1,
    since: '0.2.0',
    summary: 'Most call attempts that a peer is asked for succeed, or end for a reason of the callee.',
    why: 'A trunk that refuses many calls, or answers 5xx, is down for its users though it answers.',
    exceptions: [
      'Challenges are no failures, and attempts that the caller gave up are not counted.',
      'Re-INVITEs are no attempts.',
      'Peers with few calls are not judged.',
    ],
    fix: 'Look at the statuses of the peer in stats, and at the ladders of the calls it refused.',
    sources: [
      { document: 'RFC 6076', section: '4.6', says: 'Session Establishment Ratio' },
      { document: 'RFC 6076', section: '4.7', says: 'Session Establishment Effectiveness Ratio' },
      { document: 'RFC 6076', section: '4.8', says: 'Ineffective Session Attempts' },
    ],
    messages: {
      establishment: '{peer}: {percent} % of {calls} attempts were answered (SER)',
      effectiveness: '{peer}: {percent} % of {calls} attempts were answered, or ended by the callee (SEER)',
      server: '{peer}: {percent} % of {calls} attempts ended with 5xx or 6xx',
      client: '{peer}: {percent} % of {calls} attempts ended with 4xx that are no reason of the callee’s',
    },
  },
  create({ policy, report }) {
    const limits = policy.thresholds;
    const peers = new Map<string, Tally>();
    return {
      transaction({ request, createsDialog, final, leg, cancelledBy }) {
        if (request === undefined || request.method !== 'INVITE' || !createsDialog || final === undefined)
          return;
        if (final.status === 401 || final.status === 407) return;
        if (final.status === 487 && cancelledBy !== undefined) return;
        const peer = leg.leg.to.text;
        let tally = peers.get(peer);
        if (tally === undefined) {
          if (peers.size >= MOST) return;
          tally = { calls: 0, redirected: 0, answered: 0, effective: 0, server: 0, client: 0, frames: [] };
          peers.set(peer, tally);
        }
        const { status } = final;
        tally.calls++;
        if (status < 300) tally.answered++;
        else if (status < 400) tally.redirected++;
        else if (EFFECTIVE.has(status)) tally.effective++;
        if (status >= 500) tally.server++;
        else if (status >= 400 && status !== 487 && !EFFECTIVE.has(status)) tally.client++;
        if (status >= 400 && tally.frames.length < 20) tally.frames.push(final.frame);
      },
      end() {
        for (const [peer, tally] of peers) {
          // RFC 6076 §4.6: redirections are left out of what is asked for.
          const calls = tally.calls - tally.redirected;
          if (calls < limits.ratioCalls) continue;
          const say = (message: Key, count: number, isBad: boolean): void => {
            if (!isBad) return;
            const percent = ((count / calls) * 100).toFixed(1);
            const evidence = [
              factEvidence(tally.frames[0] ?? 0, 'packet', 'attempts', `${count} of ${calls}`),
            ];
            report({ message, data: { peer, percent, calls }, at: [], peer, frames: tally.frames, evidence });
          };
          const good = tally.answered + tally.effective;
          say('establishment', tally.answered, tally.answered / calls < limits.establishmentRatio);
          say('effectiveness', good, good / calls < limits.effectivenessRatio);
          say('server', tally.server, tally.server / calls > limits.serverErrorRatio);
          say('client', tally.client, tally.client / calls > limits.clientErrorRatio);
        }
      },
    };
  },
});

type Key = 'establishment' | 'effectiveness' | 'server' | 'client';

interface Tally {
  calls: number;
  redirected: number;
  answered: number;
  effective: number;
  server: number;
  client: number;
  readonly frames: number[];
}

/** RFC 6076 §4.7: failures that are the callee's own. */
const EFFECTIVE: ReadonlySet<number> = new Set([480, 486, 600, 603]);
const MOST = 10_000;
