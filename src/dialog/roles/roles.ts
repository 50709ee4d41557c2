// What each address of a call evidently is, from what it did in the call. Nothing said: a user agent.
import type { Endpoint } from '../../network/endpoint.ts';
import type { EndpointRole, Role } from '../call.ts';
import { sameEndpoint } from '../transaction/transaction.ts';

export interface RoleNote {
  readonly endpoint: Endpoint;
  readonly role: Role;
  readonly evidence: string;
}

/** One address may be several things; what was said first of a role stays. */
export function noteRole(notes: RoleNote[], endpoint: Endpoint, role: Role, evidence: string): void {
  for (const note of notes) if (note.role === role && sameEndpoint(note.endpoint, endpoint)) return;
  if (notes.length < MAX_NOTES) notes.push({ endpoint, role, evidence });
}

export function rolesOf(endpoints: readonly Endpoint[], notes: readonly RoleNote[]): EndpointRole[] {
  const roles: EndpointRole[] = [];
  for (const endpoint of endpoints) {
    const before = roles.length;
    for (const note of notes) {
      if (!sameEndpoint(note.endpoint, endpoint)) continue;
      roles.push({ endpoint: endpoint.text, role: note.role, evidence: note.evidence });
    }
    if (roles.length === before) roles.push({ endpoint: endpoint.text, role: 'user-agent', evidence: '' });
  }
  return roles;
}

const MAX_NOTES = 32;
