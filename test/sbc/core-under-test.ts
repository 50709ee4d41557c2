// Playbooks of the SBC core.
import { SbcCore } from '../../src/sbc/core.ts';
import { CountedIdentifiers } from './counted-identifiers.ts';
import { playsWith } from './playbook.ts';

/** One for all: a core that takes over after a restart makes up nothing that was used before. */
const IDENTIFIERS = new CountedIdentifiers();

export const plays = playsWith((policy) => new SbcCore({ policy, identifiers: IDENTIFIERS }));

/** No more than one call at a time. */
export const playsOne = playsWith(
  (policy) => new SbcCore({ policy, identifiers: IDENTIFIERS, limits: { sessions: 1 } }),
);
