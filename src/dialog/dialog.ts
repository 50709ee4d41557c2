// Dialogs of one call: told apart by their two tags (RFC 3261 §12), in whichever order a message carries them.
import type { SipMessage } from '../sip/message.ts';
import type { Dialog, DialogState } from './call.ts';
import { octetText, readable, sameOctets } from './octets.ts';
import { ILLEGAL } from './state-table.ts';
import { INVITE_DIALOG } from './states-dialog.ts';

export class DialogRecord implements Dialog {
  readonly local: string;
  readonly remote: string;
  readonly frame: number;
  /** Index into the states of INVITE_DIALOG. */
  stage = NONE;
  /** Whether the call counts on it: it was confirmed at the first hop. */
  counted = false;

  constructor(local: string, remote: string, frame: number) {
    this.local = local;
    this.remote = remote;
    this.frame = frame;
  }

  get localTag(): string {
    return readable(this.local);
  }

  get remoteTag(): string {
    return readable(this.remote);
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
    return sameOctets(m.data, m.fromTagStart, m.fromTagEnd, this.local);
  }
}

/** The index of the dialog a message belongs to, -1 when there is none (yet). */
export function findDialog(dialogs: readonly DialogRecord[], m: SipMessage): number {
  if (m.toTagStart < 0) return -1;
  const { data, fromTagStart, fromTagEnd, toTagStart, toTagEnd } = m;
  for (let i = 0; i < dialogs.length; i++) {
    const { local, remote } = dialogs[i];
    if (sameOctets(data, fromTagStart, fromTagEnd, local)) {
      if (sameOctets(data, toTagStart, toTagEnd, remote)) return i;
    } else if (sameOctets(data, fromTagStart, fromTagEnd, remote)) {
      if (sameOctets(data, toTagStart, toTagEnd, local)) return i;
    }
  }
  return -1;
}

/** A dialog formed by the side that wrote From; `known` is a tag at hand, likely that one. */
export function dialogOf(m: SipMessage, known: string): DialogRecord {
  const { data, fromTagStart, fromTagEnd } = m;
  const local = sameOctets(data, fromTagStart, fromTagEnd, known)
    ? known
    : octetText(data, fromTagStart, fromTagEnd);
  return new DialogRecord(local, octetText(data, m.toTagStart, m.toTagEnd), m.frame);
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
