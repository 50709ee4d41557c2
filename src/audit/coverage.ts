// What an audit looked at, and what it could not see: without it, "no findings" would say little.
import type { Diagnostic, Severity } from '../capture/diagnostic.ts';
import type { OutcomeLedger, OutcomeName } from '../network/outcome.ts';

export interface Coverage {
  /** Ids of the rules that ran. */
  readonly rules: readonly string[];
  /** Ids of those that did not: not chosen, or switched off by the policy. */
  readonly left: readonly string[];
  readonly packets: number;
  readonly messages: number;
  readonly calls: number;
  /** Calls whose beginning is not in the capture: rules that need it did not judge them. */
  readonly partialCalls: number;
  /** Two sides of a box that were judged together. */
  readonly crossings: number;
  readonly notChecked: readonly NotChecked[];
  /** Packets that may hold SIP and could not be opened, by outcome. */
  readonly unread: readonly {
    readonly outcome: OutcomeName;
    readonly packets: number;
    readonly why: string;
  }[];
  /** What was odd about the captures themselves, by code, with the first message of each. */
  readonly damage: readonly Damage[];
  /** Rules that failed; their other findings stand. */
  readonly failures: readonly { readonly rule: string; readonly error: string }[];
}

/** Things that a rule would have judged and could not. */
export interface NotChecked {
  readonly rule: string;
  readonly reason: string;
  readonly count: number;
}

export interface Damage {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly count: number;
}

/** The outcomes behind which SIP may hide. */
export function unreadOf(ledger: OutcomeLedger): Coverage['unread'] {
  return ledger.occurred().flatMap(([outcome, packets]) => {
    const why = UNREAD[outcome];
    return why === undefined ? [] : [{ outcome, packets, why }];
  });
}

/** Counts diagnostics by code; what only informs is left out. */
export class DamageCount {
  private readonly byCode = new Map<string, { first: Diagnostic; count: number }>();

  add(diagnostic: Diagnostic): void {
    if (diagnostic.severity === 'info') return;
    const known = this.byCode.get(diagnostic.code);
    if (known !== undefined) known.count++;
    else if (this.byCode.size < MAX_CODES) this.byCode.set(diagnostic.code, { first: diagnostic, count: 1 });
  }

  counts(): Damage[] {
    return [...this.byCode].map(
      ([
        code,
        {
          first: { severity, message },
          count,
        },
      ]) => {
        return { code, severity, message, count };
      },
    );
  }
}

const UNREAD: Readonly<Partial<Record<OutcomeName, string>>> = {
  'sip-malformed': 'looked like SIP, and no message could be made of it',
  'tcp-gap': 'a segment is missing before it',
  'fragment-missing': 'other fragments of it are missing',
  'tls-no-keys': 'encrypted',
  esp: 'encrypted',
  truncated: 'cut short by the capture',
  malformed: 'a header says what cannot be',
  'link-type-unknown': 'its link layer is not known',
};
const MAX_CODES = 200;
