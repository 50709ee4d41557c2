// Findings of the rules → at the messages of a flow that are guilty of them; those of no message of it at its end.
import { rankOf } from '../capture/severity.ts';
import type { Flow, FlowFinding } from './flow.ts';

/** `frames`: packets, the guilty one first; none for what is of no packet. */
export interface PlacedFinding extends FlowFinding {
  readonly frames: readonly number[];
}

export function withFindings(flow: Flow, findings: readonly PlacedFinding[]): Flow {
  const byFrame = new Map<number, FlowFinding[]>();
  const frames = new Set(flow.messages.map(({ frame }) => frame));
  const others: FlowFinding[] = [];
  for (const {
    severity,
    rule,
    message,
    frames: [frame = 0],
  } of inOrder(findings)) {
    const finding = { severity, rule, message };
    const here = byFrame.get(frame);
    if (!frames.has(frame)) others.push(finding);
    else if (here === undefined) byFrame.set(frame, [finding]);
    else here.push(finding);
  }
  return {
    ...flow,
    messages: flow.messages.map((message) => {
      const found = byFrame.get(message.frame);
      return found === undefined ? message : { ...message, findings: found };
    }),
    findings: others,
  };
}

function inOrder(findings: readonly PlacedFinding[]): PlacedFinding[] {
  return [...findings].sort((a, b) => rankOf(a.severity) - rankOf(b.severity));
}
