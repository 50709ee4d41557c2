// The addresses that sent or received a call's messages, in order of appearance. Most calls have two.
import type { Endpoint } from '../../network/endpoint.ts';
import type { OpenCall } from '../open-call.ts';
import { sameEndpoint } from '../transaction/transaction.ts';

export function addAddress(call: OpenCall, endpoint: Endpoint): void {
  const { first, second } = call;
  if (endpoint === first || endpoint === second) return;
  // The same address may be another object once the table of endpoints has forgotten it.
  if (sameEndpoint(endpoint, first) || sameEndpoint(endpoint, second)) return;
  if (call.others === NO_OTHERS) call.others = [];
  const { others } = call;
  for (let i = 0; i < others.length; i++) if (sameEndpoint(others[i], endpoint)) return;
  if (others.length < MAX_ADDRESSES) others.push(endpoint);
}

export function addressCount(call: OpenCall): number {
  return (call.first === call.second ? 1 : 2) + call.others.length;
}

export function addressAt(call: OpenCall, index: number): Endpoint {
  if (index === 0) return call.first;
  const rest = call.first === call.second ? index : index - 1;
  return rest === 0 ? call.second : call.others[rest - 1];
}

export function addressesOf({ first, second, others }: OpenCall): Endpoint[] {
  return first === second ? [first, ...others] : [first, second, ...others];
}

/** Of a call between two. */
export const NO_OTHERS: Endpoint[] = [];
const MAX_ADDRESSES = 64;
