// The addresses in a call record. The same two stand in it again and again: their text is copied from where it stands first.

import type { Endpoint } from '../../network/endpoint.ts';
import { addressAt, addressCount } from '../kept/address-list.ts';
import type { OpenCall } from '../open-call.ts';
import { sameEndpoint } from '../transaction/transaction.ts';
import { JsonPiece } from './json-piece.ts';
import type { JsonText } from './json-text.ts';

/** Sender and receiver of the first request; this comes before the others. */
export function appendEnds(json: JsonText, { src, dst }: OpenCall): void {
  json.piece(SRC);
  srcAt = json.length;
  json.raw(src.text).piece(DST);
  dstAt = json.length;
  json.raw(dst.text);
}

/** The text of an endpoint that the call may have among its ends. */
export function appendEndpoint(json: JsonText, { src, dst }: OpenCall, endpoint: Endpoint): void {
  if (endpoint === src) json.again(srcAt, src.text.length);
  else if (endpoint === dst) json.again(dstAt, dst.text.length);
  else json.raw(endpoint.text);
}

/** The roles as rolesOf gives them, comma between them. */
export function appendRoles(json: JsonText, call: OpenCall): void {
  const { roleNotes: notes } = call;
  const count = addressCount(call);
  for (let i = 0; i < count; i++) {
    const endpoint = addressAt(call, i);
    let found = false;
    for (let n = 0; n < notes.length; n++) {
      const note = notes[n];
      if (!sameEndpoint(note.endpoint, endpoint)) continue;
      json.piece(i > 0 || found ? NEXT_ROLE : FIRST_ROLE);
      appendEndpoint(json, call, endpoint);
      json.piece(ROLE).raw(note.role).piece(EVIDENCE).string(note.evidence).piece(CLOSE);
      found = true;
    }
    if (found) continue;
    json.piece(i > 0 ? NEXT_ROLE : FIRST_ROLE);
    appendEndpoint(json, call, endpoint);
    json.piece(USER_AGENT);
  }
}

/** All addresses, with what parts them. */
export function appendEndpoints(json: JsonText, call: OpenCall): void {
  const count = addressCount(call);
  for (let i = 0; i < count; i++) {
    if (i > 0) json.piece(NEXT);
    appendEndpoint(json, call, addressAt(call, i));
  }
}

/** Of the record at hand. */
let srcAt = 0;
let dstAt = 0;
const SRC = new JsonPiece(',"src":"');
const DST = new JsonPiece('","dst":"');
const NEXT = new JsonPiece('","');
const FIRST_ROLE = new JsonPiece('{"endpoint":"');
const NEXT_ROLE = new JsonPiece(',{"endpoint":"');
const ROLE = new JsonPiece('","role":"');
const EVIDENCE = new JsonPiece('","evidence":');
const USER_AGENT = new JsonPiece('","role":"user-agent","evidence":""}');
const CLOSE = new JsonPiece('}');
