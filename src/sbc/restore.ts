// What was stored before a restart comes back to life.
import type { Parts } from './parts.ts';
import { bindAgain, bindingFrom } from './registration/bindings.ts';
import { heard } from './session/lifetime.ts';
import { dialogFrom } from './session/stored-dialog.ts';
import type { StoredRecord } from './stored-record.ts';

export function restore(parts: Parts, records: readonly StoredRecord[]): void {
  const { outbox, configured, dialogs, limits } = parts;
  let kept = 0;
  for (const record of records) {
    if (record.version !== 1 || record.until <= outbox.now) {
      outbox.forget(record.key);
      continue;
    }
    if (record.kind === 'binding') {
      const binding = bindingFrom(configured, record);
      if (binding === undefined) outbox.forget(record.key);
      else bindAgain(parts, binding);
    } else {
      const dialog = dialogs.size < limits.sessions ? dialogFrom(configured, record) : undefined;
      if (dialog === undefined) {
        outbox.forget(record.key);
        continue;
      }
      dialogs.add(dialog);
      heard(parts, dialog);
    }
    kept++;
  }
  outbox.log('info', 'sbc/restored', { records: kept });
}
