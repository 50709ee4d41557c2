// What each address of a call evidently is, from what it did in the call. Nothing said: a user agent.
import type { Endpoint } from '../network/endpoint.ts';
import type { EndpointRole, Role } from './call.ts';
import { sameEndpoint } from './transaction.ts';

export class RoleNotes {
  private notes: Note[] | null = null;

  /** One address may be several things; what was said first of a role stays. */
  say(endpoint: Endpoint, role: Role, evidence: string): void {
    this.notes ??= [];
    const { notes } = this;
    for (const note of notes) if (note.role === role && sameEndpoint(note.endpoint, endpoint)) return;
    if (notes.length < MAX_NOTES) notes.push({ endpoint, role, evidence });
  }

  roles(endpoints: readonly Endpoint[]): EndpointRole[] {
    const roles: EndpointRole[] = [];
    for (const endpoint of endpoints) {
      const before = roles.length;
      if (this.notes !== null) {
        for (const note of this.notes) {
          if (!sameEndpoint(note.endpoint, endpoint)) continue;
          roles.push({ endpoint: endpoint.text, role: note.role, evidence: note.evidence });
        }
      }
      if (roles.length === before) roles.push({ endpoint: endpoint.text, role: 'user-agent', evidence: '' });
    }
    return roles;
  }
}

interface Note {
  readonly endpoint: Endpoint;
  readonly role: Role;
  readonly evidence: string;
}

const MAX_NOTES = 32;
