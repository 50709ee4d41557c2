// Roles seen only across calls: a box that gets an INVITE and within a second sends one on another Call-ID for the same
// caller is a back-to-back user agent, such as an SBC or a PBX (RFC 3261 §6, RFC 7092 §3).

import type { SipMessage } from '../../sip/message.ts';
import { says } from '../evidence.ts';
import { hashOctets, hashText } from '../kept/octets.ts';
import type { OpenCall } from '../open-call.ts';
import { FROM, hashUser, TO, userOf } from '../record/call-text.ts';

export class BoxRoles {
  /** The last attempt of each pair of users, and from each caller to each address; a newer one overwrites. */
  private readonly byUsers: (Attempt | null)[] = new Array(SLOTS).fill(null);
  private readonly byReceiver: (Attempt | null)[] = new Array(SLOTS).fill(null);
  private readonly boxes = new Map<string, string>();
  private readonly limit: number;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** The first INVITE of a call. */
  attempt(call: OpenCall, m: SipMessage): void {
    const caller = hashUser(call, FROM);
    const users = (caller ^ Math.imul(hashUser(call, TO), 31)) | 0;
    const session = sessionOrigin(m);
    const before = recent(this.byUsers, users, m.seconds);
    if (before !== null && isPassedOn(before.call, call)) {
      // From another address than it got it at: then it has to offer the session that another machine made.
      const same = before.session === session && session !== 0;
      if (before.call.dst.ip === call.src.ip) this.found(before.call, call, SAME_USERS);
      else if (same && originAddress(m) !== call.src.ip) this.found(before.call, call, SAME_SESSION);
    }
    // A PBX calls the extension's phone by another name.
    const got = recent(this.byReceiver, caller ^ Math.imul(hashText(call.src.ip), 31), m.seconds);
    if (got !== null && got.call.dst.ip === call.src.ip && isPassedOn(got.call, call)) {
      const from = userOf(call.from);
      if (from !== '' && from !== 'anonymous' && userOf(got.call.from) === from)
        this.found(got.call, call, SAME_CALLER);
    }
    note(this.byUsers, users, call, m.seconds, session);
    note(this.byReceiver, caller ^ Math.imul(hashText(call.dst.ip), 31), call, m.seconds, session);
  }

  /** Says of a call that ends what its two ends turned out to be elsewhere. */
  tell(call: OpenCall): void {
    if (this.boxes.size === 0) return;
    for (const endpoint of [call.src, call.dst]) {
      const evidence = this.boxes.get(endpoint.ip);
      if (evidence !== undefined) says(call, endpoint, 'b2bua', evidence);
    }
  }

  private found(near: OpenCall, far: OpenCall, evidence: string): void {
    says(near, near.dst, 'b2bua', evidence);
    says(far, far.src, 'b2bua', evidence);
    for (const { ip } of [near.dst, far.src]) {
      if (this.boxes.size < this.limit && !this.boxes.has(ip)) this.boxes.set(ip, evidence);
    }
  }
}

interface Attempt {
  hash: number;
  call: OpenCall;
  id: number;
  seconds: number;
  /** Hash of what names the session it offers, 0 for none. */
  session: number;
}

/** Two calls of one box: not two tries of one client, nor two machines that call each other. */
function isPassedOn(near: OpenCall, far: OpenCall): boolean {
  return near !== far && near.src.ip !== far.src.ip && near.src.ip !== far.dst.ip;
}

function recent(table: readonly (Attempt | null)[], hash: number, seconds: number): Attempt | null {
  const one = table[hash & (SLOTS - 1)];
  // The call may be over by now, and its object another's.
  if (one === null || one.hash !== hash || one.id !== one.call.id) return null;
  return Math.abs(seconds - one.seconds) <= 1 ? one : null;
}

function note(
  table: (Attempt | null)[],
  hash: number,
  call: OpenCall,
  seconds: number,
  session: number,
): void {
  const one = table[hash & (SLOTS - 1)];
  if (one === null) table[hash & (SLOTS - 1)] = { hash, call, id: call.id, seconds, session };
  else {
    one.hash = hash;
    one.call = call;
    one.id = call.id;
    one.seconds = seconds;
    one.session = session;
  }
}

/** A hash of o= without the user's name (RFC 8866 §5.2), 0 where its number is too short to tell sessions apart. */
function sessionOrigin(m: SipMessage): number {
  const { data } = m;
  const start = originNumber(m);
  if (start < 0) return 0;
  let at = start;
  while (at < m.bodyEnd && data[at] > SPACE) at++;
  return at - start < TELLING ? 0 : hashOctets(data, start, lineEnd(m, start));
}

function originAddress(m: SipMessage): string {
  const start = originNumber(m);
  return m.data.toString('latin1', start, lineEnd(m, start)).split(' ')[4] ?? '';
}

function lineEnd({ data, bodyEnd }: SipMessage, from: number): number {
  let end = from;
  while (end < bodyEnd && data[end] >= SPACE) end++;
  return end;
}

/** Where the session's number stands when the body is a session description that begins as it should; -1 otherwise. */
function originNumber(m: SipMessage): number {
  const { data, bodyStart, bodyEnd } = m;
  if (bodyEnd - bodyStart < 16 || data[bodyStart] !== V || data[bodyStart + 1] !== EQUALS) return -1;
  let at = bodyStart + 3;
  while (at < bodyEnd && data[at] < SPACE) at++;
  if (data[at] !== O || data[at + 1] !== EQUALS) return -1;
  while (at < bodyEnd && data[at] > SPACE) at++;
  return at + 1 < bodyEnd ? at + 1 : -1;
}

const SLOTS = 1024;
const SAME_USERS = 'same users on another Call-ID';
const SAME_CALLER = 'same caller on another Call-ID';
const SAME_SESSION = 'same session on another Call-ID';
const TELLING = 6;
const SPACE = 32;
const EQUALS = 61;
const O = 111;
const V = 118;
