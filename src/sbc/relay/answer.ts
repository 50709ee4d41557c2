// Responses on their way back, and those the SBC gives by itself.
import type { Adjacency } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { Draft } from '../message/draft.ts';
import { makeResponse } from '../message/response.ts';
import type { Parts } from '../parts.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';

/** The response as the requester is to see it: its own Via values, From and Call-ID. `to`: the whole value of To. */
export function relayed(response: SipMessage, server: ServerTransaction, to: string): Draft {
  const { request } = server;
  const draft = new Draft(response);
  draft.replaceValues(HEADER.Via, server.viaValues);
  draft.set(HEADER.From, request.value(HEADER.From) ?? '');
  draft.set(HEADER.To, to);
  draft.set(HEADER['Call-ID'], request.callId);
  return draft;
}

/** The INVITE is not sent again, however long an answer takes (§17.2.1). */
export function trying(server: ServerTransaction): void {
  const { request } = server;
  server.respond(100, makeResponse(request, server.vias, 100), request);
}

/** The tag of responses that no dialog gives one: that of an earlier response to this request stays (§8.2.6.2). */
export function ownTag(
  { identifiers }: Parts,
  server: ServerTransaction,
  adjacency: string,
  cause: SipMessage,
): string {
  server.toTag ||= identifiers.next({ kind: 'tag', cause, adjacency });
  return server.toTag;
}

/** A final response of the SBC's own. */
export function refuse(
  parts: Parts,
  server: ServerTransaction,
  adjacency: Adjacency | null,
  status: number,
  headers: readonly (readonly [name: string, value: string])[] = [],
  reason?: string,
): void {
  const { request } = server;
  const tag = ownTag(parts, server, adjacency?.name ?? '', request);
  const toTag = request.toTag === '' ? tag : '';
  // §20.35.
  const { userAgent } = parts.configured.policy.inline;
  const all = userAgent === null ? headers : [...headers, ['Server', userAgent] as const];
  const options = { toTag, headers: all, ...(reason === undefined ? {} : { reason }) };
  server.respond(status, makeResponse(request, server.vias, status, options), request);
}

/** RFC 3261 §21.5.4: for now. */
export function refuseForNow(parts: Parts, server: ServerTransaction, adjacency: Adjacency | null): void {
  refuse(parts, server, adjacency, 503, [['Retry-After', String(parts.limits.retryAfter)]]);
}
