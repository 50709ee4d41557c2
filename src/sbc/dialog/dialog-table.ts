// The dialogs that are up, found by Call-ID and tags as either user agent writes them (RFC 3261 §12.2.2).
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog } from './dialog.ts';
import { type DialogSide, sideKey } from './dialog-side.ts';
import { SIDES, type SideName } from './side-name.ts';

export interface FoundDialog {
  readonly dialog: Dialog;
  /** The side it came from. */
  readonly from: SideName;
}

export class DialogTable {
  private readonly found = new Map<string, FoundDialog>();
  /** They are over, but for an ACK that may be on its way. */
  private readonly ended = new Map<string, FoundDialog>();

  /** Gives the dialogs whose place it took: they are lost to their user agents. */
  add(dialog: Dialog): readonly Dialog[] {
    const older: Dialog[] = [];
    for (const from of SIDES) {
      const key = keyOf(dialog.side(from));
      const there = this.found.get(key)?.dialog;
      if (there !== undefined && there !== dialog) older.push(there);
      this.found.set(key, { dialog, from });
    }
    return older;
  }

  remove(dialog: Dialog): void {
    takeOut(dialog, this.found);
  }

  /** Of a request within a dialog. */
  ofRequest(request: SipMessage): FoundDialog | undefined {
    return this.found.get(sideKey(request.callId, request.toTag, request.fromTag));
  }

  /** Of an ACK, which a BYE may have overtaken. */
  ofAck(ack: SipMessage): FoundDialog | undefined {
    return this.ofRequest(ack) ?? this.ended.get(sideKey(ack.callId, ack.toTag, ack.fromTag));
  }

  /** For its ACK alone. False when too many wait for theirs. */
  awaitAck(dialog: Dialog, most: number): boolean {
    if (this.ended.size >= 2 * most) return false;
    for (const from of SIDES) this.ended.set(keyOf(dialog.side(from)), { dialog, from });
    return true;
  }

  awaitNoMore(dialog: Dialog): void {
    takeOut(dialog, this.ended);
  }

  /** Of a dialog named in a header, from the view of whom the SBC is to forward it for. */
  named(callId: string, localTag: string, remoteTag: string): FoundDialog | undefined {
    return this.found.get(sideKey(callId, localTag, remoteTag));
  }

  /** Calls and subscriptions, early ones too. */
  get size(): number {
    return Math.ceil(this.found.size / 2);
  }

  *all(): Iterable<Dialog> {
    for (const { dialog, from } of this.found.values()) if (from === 'caller') yield dialog;
  }
}

function takeOut(dialog: Dialog, table: Map<string, FoundDialog>): void {
  for (const from of SIDES) {
    const key = keyOf(dialog.side(from));
    if (table.get(key)?.dialog === dialog) table.delete(key);
  }
}

function keyOf({ callId, localTag, remoteTag }: DialogSide): string {
  return sideKey(callId, localTag, remoteTag);
}
