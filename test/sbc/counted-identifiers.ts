// Identifiers that are counted, so that the same events give the same messages each time.
import type { AskedIdentifier, IdentifierSource } from '../../src/sbc/identifier-source.ts';

export class CountedIdentifiers implements IdentifierSource {
  private count = 0;

  next({ kind }: AskedIdentifier): string {
    const number = String(++this.count).padStart(5, '0');
    return kind === 'branch' ? `z9hG4bKsbc${number}` : `sbc-${kind}-${number}`;
  }
}
