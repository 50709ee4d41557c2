// The SBC core with identifiers that are counted, so that a playbook gives the same messages each time.
import { SbcCore } from '../../src/sbc/core.ts';
import type { AskedIdentifier, IdentifierSource } from '../../src/sbc/identifier-source.ts';
import { playsWith } from './playbook.ts';

class CountedIdentifiers implements IdentifierSource {
  private count = 0;

  next({ kind }: AskedIdentifier): string {
    const number = String(++this.count).padStart(5, '0');
    return kind === 'branch' ? `z9hG4bKsbc${number}` : `sbc-${kind}-${number}`;
  }
}

/** One for all: a core that takes over after a restart makes up nothing that was used before. */
const IDENTIFIERS = new CountedIdentifiers();

export const plays = playsWith((policy) => new SbcCore({ policy, identifiers: IDENTIFIERS }));
