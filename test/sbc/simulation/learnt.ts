// What is learnt of the SBC from a capture of its wires alone, held against what it was configured to do.
import { CaptureLearner } from '../../../src/audit/infer/capture-learner.ts';
import { readCaptures } from '../../../src/pipeline.ts';
import type { Adjacency, Policy } from '../../../src/policy/policy.ts';

/** `learnt caller-privacy: at 192.168.2.20 it is never, not always`: what is said of it and is not so. What is not said is no fault. */
export async function wronglyLearnt(capture: string, policy: Policy): Promise<string[]> {
  const learner = new CaptureLearner({ onCapped: () => {} });
  await readCaptures({
    inputs: [capture],
    keepMessages: true,
    onMessage: (message) => learner.onMessage(message),
    onCall: (call) => learner.onCall(call),
  });
  const learnt = learner.end().policy;
  return learnt.adjacencies.flatMap((said) => {
    const { host, port } = said.local[0]!;
    const own = policy.adjacencies.find(({ local }) =>
      local.some((one) => one.host === host && one.port === port),
    );
    if (own === undefined) return [`learnt an address: ${host}:${port}, where the SBC is not`];
    const entry = learnt.cac.find(({ match }) => match.inboundAdjacency === said.name);
    return [
      fault('record-route-passthrough', host, said.recordRoutePassthrough, passthroughOf(own, policy)),
      fault('registered-subscribers', host, said.registeredSubscribers || null, own.registeredSubscribers),
      fault('caller-privacy', host, entry?.callerPrivacy, policy.cac[0]?.callerPrivacy),
      fault('callee-privacy', host, entry?.calleePrivacy, policy.cac[0]?.calleePrivacy),
    ].flat();
  });
}

function fault(what: string, host: string, said: unknown, is: unknown): string[] {
  return said === undefined || said === null || said === is
    ? []
    : [`learnt ${what}: at ${host} it is ${said}, not ${is}`];
}

/** Where topology is hidden nothing passes, whatever is configured: so it looks, and nothing tells the one from the other. */
function passthroughOf({ recordRoutePassthrough }: Adjacency, { adjacencies }: Policy): boolean | null {
  return adjacencies.some(({ topologyHiding }) => topologyHiding) ? false : recordRoutePassthrough;
}
