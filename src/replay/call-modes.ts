// A prediction's request and what it was made of → what holds for the call: passthrough, and who is hidden, as the policy says.
import { privacyFor } from '../policy/cac-privacy.ts';
import type { Policy } from '../policy/policy.ts';
import type { SipMessage } from '../sip/message.ts';
import type { CallModes } from './broken-rule.ts';
import type { RecordedMessage } from './recorded-message.ts';

/** `cause` is what is passed on; the call is the one that it belongs to, begun by `first`. */
export function modesOf(policy: Policy, first: RecordedMessage, cause: RecordedMessage): CallModes {
  const inbound = named(policy, first.adjacency.name);
  const on = first.effects.find(({ message }) => message.isRequest)?.adjacency.name;
  const outbound = on === undefined ? null : named(policy, on);
  const { from, to } = first.message;
  const { caller, callee } = privacyFor(policy, inbound, outbound, party(from), party(to));
  const fromCaller = cause.adjacency.name === first.adjacency.name;
  const asked = asksForPrivacy(cause.message);
  const hidden = asked ? true : fromCaller ? caller : callee;
  const hiding = inbound?.topologyHiding === true || outbound?.topologyHiding === true;
  const configured = inbound?.recordRoutePassthrough ?? null;
  // rules.md §0: pt = configured on the inbound adjacency, and neither hidden nor private.
  const passthrough = configured === true && (hiding || caller === true || asked) ? false : configured;
  return { passthrough, hidden };
}

function named(policy: Policy, name: string) {
  return policy.adjacencies.find((adjacency) => adjacency.name === name) ?? null;
}

function party(address: SipMessage['from']): string {
  if (address === undefined) return '';
  const { user, host } = address.uri;
  return user === '' ? host : `${user}@${host}`;
}

/** RFC 3323 §4.2: any level but `none`. */
function asksForPrivacy(message: SipMessage): boolean {
  const row = message.findName('Privacy');
  return row >= 0 && message.headerValue(row).trim().toLowerCase() !== 'none';
}
