// The states of a call as users see them: sngrep's words for calls, RFC 3261 §10 and RFC 6665 words for the others.

/** One row: what the word means and, once the call is idle in that state, how long it is waited for. */
export interface StateMeaning {
  /** Nothing more is expected: the call is handed on after a linger. */
  readonly ended: boolean;
  readonly meaning: string;
}

export const CALL_STATES = {
  // call, im
  'call-setup': { ended: false, meaning: 'an INVITE waits for its final response' },
  'in-call': { ended: false, meaning: 'an INVITE dialog is confirmed (2xx)' },
  completed: { ended: true, meaning: 'the session was up and is ended, or the request was answered 2xx' },
  cancelled: { ended: true, meaning: 'CANCEL, a BYE before the answer, or 487' },
  busy: { ended: true, meaning: '486 or 600' },
  diverted: { ended: true, meaning: '3xx, and no further INVITE followed' },
  rejected: { ended: true, meaning: 'another final response from 400 up, or credentials refused' },
  // every kind
  challenged: { ended: true, meaning: '401 or 407, and no further request with credentials was seen yet' },
  'no-response': { ended: true, meaning: 'no response at all within 64*T1' },
  pending: {
    ended: false,
    meaning: 'a request waits for its final response; a subscription for its approval',
  },
  failed: { ended: true, meaning: 'a final response from 300 up, or credentials refused' },
  // registration
  registered: { ended: false, meaning: 'a 2xx left at least one binding' },
  unregistered: { ended: true, meaning: 'the last binding was removed (expires 0)' },
  expired: { ended: true, meaning: 'the last binding or subscription ran out in capture time' },
  // subscription
  active: { ended: false, meaning: 'Subscription-State: active, or the SUBSCRIBE was accepted' },
  terminated: { ended: true, meaning: 'Subscription-State: terminated, or the subscription was ended' },
  // message
  delivered: { ended: true, meaning: 'every MESSAGE answered was answered 2xx' },
} as const satisfies Record<string, StateMeaning>;

export type CallState = keyof typeof CALL_STATES;
