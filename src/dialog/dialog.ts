// Dialogs of one call: told apart by their two tags (RFC 3261 §12), in whichever order a message carries them.
import type { SipMessage } from '../sip/message.ts';
import type { Dialog, DialogState } from './call.ts';
import { octetText, readable, sameOctets } from './kept/octets.ts';
import type { Mark, MessageMarks } from './marks.ts';
import type { OpenCall } from './open-call.ts';
import { appendText, isText, keepText, LOCAL_TAG, REMOTE_TAG, textOf } from './record/call-text.ts';
import type { JsonText } from './record/json-text.ts';
import { ILLEGAL } from './transaction/state-table.ts';
import { INVITE_DIALOG } from './transaction/states-dialog.ts';

export class DialogRecord implements Dialog {
  /** Both tags as marks: local is that of the side that formed the dialog. */
  private localFirst = 0;
  private localSecond = 0;
  private localLength = 0;
  private remoteFirst = 0;
  private remoteSecond = 0;
  private remoteLength = 0;
  /** Index into the states of INVITE_DIALOG. */
  stage = NONE;
  /** Whether the call counts on it: it was confirmed at the first hop. */
  counted = false;
  frame = 0;
  /** Both tags as octets: of a call's first dialog they are among the call's texts. */
  private readonly call: OpenCall | null;
  private local = '';
  private remote = '';

  /** The first dialog of `call`, or with null another. */
  constructor(call: OpenCall | null) {
    this.call = call;
  }

  /** Formed by the side that wrote From. */
  begin(m: SipMessage, { from, to }: MessageMarks): void {
    this.localFirst = from.first;
    this.localSecond = from.second;
    this.localLength = from.length;
    this.remoteFirst = to.first;
    this.remoteSecond = to.second;
    this.remoteLength = to.length;
    this.stage = NONE;
    this.counted = false;
    this.frame = m.frame;
    if (this.call === null) {
      this.local = octetText(m.data, m.fromTagStart, m.fromTagEnd);
      this.remote = octetText(m.data, m.toTagStart, m.toTagEnd);
    } else {
      keepText(this.call, LOCAL_TAG, m.data, m.fromTagStart, m.fromTagEnd);
      keepText(this.call, REMOTE_TAG, m.data, m.toTagStart, m.toTagEnd);
    }
  }

  /** Whether a message with these tags is inside it. */
  has({ from, to }: MessageMarks): boolean {
    if (this.isLocal(from)) return this.isRemote(to);
    return this.isRemote(from) && this.isLocal(to);
  }

  get localTag(): string {
    return this.call === null ? readable(this.local) : textOf(this.call, LOCAL_TAG);
  }

  get remoteTag(): string {
    return this.call === null ? readable(this.remote) : textOf(this.call, REMOTE_TAG);
  }

  /** Writes a tag as a string of JSON. */
  appendLocalTag(json: JsonText): void {
    if (this.call === null) json.string(this.localTag);
    else appendText(json, this.call, LOCAL_TAG);
  }

  appendRemoteTag(json: JsonText): void {
    if (this.call === null) json.string(this.remoteTag);
    else appendText(json, this.call, REMOTE_TAG);
  }

  get state(): DialogState {
    if (this.stage === CONFIRMED) return 'confirmed';
    return this.stage === TERMINATED ? 'terminated' : 'early';
  }

  /** Takes an event of INVITE_DIALOG; false when no clause allows it here. */
  take(event: number): boolean {
    const next = INVITE_DIALOG.after(this.stage, event);
    if (next === ILLEGAL) return false;
    this.stage = next;
    return true;
  }

  /** Whether a request came from the side that formed the dialog. */
  fromLocal(m: SipMessage): boolean {
    const { data, fromTagStart: start, fromTagEnd: end } = m;
    if (this.call !== null) return isText(this.call, LOCAL_TAG, data, start, end);
    return sameOctets(data, start, end, this.local);
  }

  private isLocal(tag: Mark): boolean {
    return tag.is(this.localFirst, this.localSecond, this.localLength);
  }

  private isRemote(tag: Mark): boolean {
    return tag.is(this.remoteFirst, this.remoteSecond, this.remoteLength);
  }
}

/** The index of the dialog a message belongs to, -1 when there is none (yet). */
export function findDialog(dialogs: readonly DialogRecord[], m: SipMessage, marks: MessageMarks): number {
  if (m.toTagStart < 0) return -1;
  for (let i = 0; i < dialogs.length; i++) if (dialogs[i].has(marks)) return i;
  return -1;
}

const NONE = INVITE_DIALOG.state('none');
export const EARLY = INVITE_DIALOG.state('early');
export const CONFIRMED = INVITE_DIALOG.state('confirmed');
export const TERMINATED = INVITE_DIALOG.state('terminated');
export const ON_PROVISIONAL = INVITE_DIALOG.event('1xx with tag');
export const ON_SUCCESS = INVITE_DIALOG.event('2xx');
export const ON_FAILURE = INVITE_DIALOG.event('300-699');
export const ON_BYE = INVITE_DIALOG.event('BYE');
export const ON_BYE_CHALLENGED = INVITE_DIALOG.event('BYE challenged');
export const ON_GONE = INVITE_DIALOG.event('408 or 481');
export const ON_REQUEST = INVITE_DIALOG.event('request');
