// What a call's messages show besides its course: what its addresses are, which calls it is related to, what was odd.
import type { Diagnostic, Severity } from '../capture/diagnostic.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { RelatedCall, Role } from './call.ts';
import type { OpenCall } from './open-call.ts';
import { noteRole, type RoleNote } from './roles/roles.ts';

/** An address has this role. */
export function says(call: OpenCall, endpoint: Endpoint, role: Role, evidence: string): void {
  if (call.roleNotes === NO_ROLES) call.roleNotes = [];
  noteRole(call.roleNotes, endpoint, role, evidence);
}

export function relate(call: OpenCall, related: RelatedCall): void {
  if (call.related.length >= MAX_RELATED) return;
  if (call.related.some((one) => one.relation === related.relation && one.callId === related.callId)) return;
  if (call.related === NO_RELATED) call.related = [];
  call.related.push(related);
}

/** Something was odd; a cap is told of once. */
export function note(call: OpenCall, code: string, severity: Severity, message: string, frame: number): void {
  if (call.diagnostics === NO_DIAGNOSTICS) call.diagnostics = [];
  if (severity === 'warning' && call.diagnostics.some((one) => one.code === code)) return;
  if (call.diagnostics.length < MAX_DIAGNOSTICS) {
    call.diagnostics.push({ code, severity, message, frames: [frame] });
  }
}

// Of calls that show nothing of the kind.
export const NO_ROLES: RoleNote[] = [];
export const NO_RELATED: RelatedCall[] = [];
export const NO_DIAGNOSTICS: Diagnostic[] = [];
const MAX_RELATED = 16;
const MAX_DIAGNOSTICS = 16;
