// Which calls --index and --call-id choose; without either, all.
import { type CallChoice, parseNumberList } from '../options.ts';

/** A test of a call by its number in `calls` and its Call-ID. Throws what the user can mend. */
export function callChoice({ index, callId }: CallChoice): (id: number, callId: string) => boolean {
  const isIndex = index === undefined ? null : parseNumberList(index, '--index');
  const callIds = callId === undefined ? null : new Set(callId);
  return (id, name) => isIndex?.(id) !== false && callIds?.has(name) !== false;
}
