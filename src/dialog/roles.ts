// What each address of a call evidently is, from what it did in the call. Nothing said: a user agent.
import type { Endpoint } from '../network/endpoint.ts';
import type { EndpointRole, Role } from './call.ts';
import { JsonPiece } from './json-piece.ts';
import type { JsonText } from './json-text.ts';
import { sameEndpoint } from './transaction.ts';

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

/** Writes the roles as rolesOf gives them, comma between them. */
export function appendRoles(json: JsonText, call: RoleSource): void {
  const { endpointCount: count, roleNotes: notes } = call;
  for (let i = 0; i < count; i++) {
    const endpoint = call.endpointAt(i);
    let found = false;
    for (let n = 0; n < notes.length; n++) {
      const note = notes[n];
      if (!sameEndpoint(note.endpoint, endpoint)) continue;
      json.piece(i > 0 || found ? NEXT_ENDPOINT : ENDPOINT).raw(endpoint.text);
      json.piece(ROLE).raw(note.role).piece(EVIDENCE).string(note.evidence).piece(CLOSE);
      found = true;
    }
    if (!found)
      json
        .piece(i > 0 ? NEXT_ENDPOINT : ENDPOINT)
        .raw(endpoint.text)
        .piece(USER_AGENT);
  }
}

/** What of a call its roles are taken from. */
interface RoleSource {
  readonly endpointCount: number;
  endpointAt(index: number): Endpoint;
  readonly roleNotes: readonly RoleNote[];
}

const MAX_NOTES = 32;
const ENDPOINT = new JsonPiece('{"endpoint":"');
const NEXT_ENDPOINT = new JsonPiece(',{"endpoint":"');
const ROLE = new JsonPiece('","role":"');
const EVIDENCE = new JsonPiece('","evidence":');
const USER_AGENT = new JsonPiece('","role":"user-agent","evidence":""}');
const CLOSE = new JsonPiece('}');
