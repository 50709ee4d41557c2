// The dialogs that are up, found by Call-ID and tags as either user agent writes them (RFC 3261 §12.2.2).
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog, SideName } from './dialog.ts';
import { type DialogSide, sideKey } from './dialog-side.ts';

export interface FoundDialog {
  readonly dialog: Dialog;
  /** The side it came from. */
  readonly from: SideName;
}

export class DialogTable {
  private readonly found = new Map<string, FoundDialog>();
  private count = 0;

  add(dialog: Dialog): void {
    this.found.set(keyOf(dialog.caller), { dialog, from: 'caller' });
    this.found.set(keyOf(dialog.callee), { dialog, from: 'callee' });
    this.count++;
  }

  remove(dialog: Dialog): void {
    const mine = this.found.get(keyOf(dialog.caller));
    if (mine?.dialog !== dialog) return;
    this.found.delete(keyOf(dialog.caller));
    this.found.delete(keyOf(dialog.callee));
    this.count--;
  }

  /** Of a request within a dialog. */
  ofRequest(request: SipMessage): FoundDialog | undefined {
    return this.found.get(sideKey(request.callId, request.toTag, request.fromTag));
  }

  /** Of a dialog named in a header, from the view of whom the SBC is to forward it for. */
  named(callId: string, localTag: string, remoteTag: string): FoundDialog | undefined {
    return this.found.get(sideKey(callId, localTag, remoteTag));
  }

  /** Calls and subscriptions, early ones too. */
  get size(): number {
    return this.count;
  }

  *all(): Iterable<Dialog> {
    for (const { dialog, from } of this.found.values()) if (from === 'caller') yield dialog;
  }
}

function keyOf({ callId, localTag, remoteTag }: DialogSide): string {
  return sideKey(callId, localTag, remoteTag);
}
