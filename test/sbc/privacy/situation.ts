// A situation of tests in which nothing is hidden and all are trusted, but for what is given.
import { NOTHING_ASKED, type PrivacyAsked, type PrivacyLevel } from '../../../src/sbc/privacy/levels.ts';
import type { PrivacySituation } from '../../../src/sbc/privacy/situation.ts';

export function situation(other: Partial<PrivacySituation> = {}): PrivacySituation {
  return {
    party: 'caller',
    asked: NOTHING_ASKED,
    hidden: false,
    topologyHidden: false,
    trustedSource: true,
    trustedNextHop: true,
    emergency: false,
    ownHost: '198.51.100.30',
    isOwn: (host) => host.startsWith('198.51.100.'),
    sessionHidden: false,
    ...other,
  };
}

export function asked(...levels: PrivacyLevel[]): PrivacyAsked {
  return { ...NOTHING_ASKED, levels: new Set(levels) };
}
