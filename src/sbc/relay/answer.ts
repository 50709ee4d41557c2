// Responses on their way back, and those the SBC gives by itself.
import type { Adjacency } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header-names.ts';
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
  // §8.2.6.2: the tag of an earlier response to this request stays.
  server.toTag ||= parts.identifiers.next({ kind: 'tag', cause: request, adjacency: adjacency?.name ?? '' });
  const toTag = request.toTag === '' ? server.toTag : '';
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
