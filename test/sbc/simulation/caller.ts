// What a simulated user agent begins by itself: calls, subscriptions, registrations, single requests.
import { HEADER } from '../../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { type Described, description, linesOf, mediaOf, numbered } from './descriptions.ts';
import type { UaDialog } from './ua-dialog.ts';
import { type Ask, contactOf, type UserAgent } from './user-agent.ts';

export interface Parties {
  readonly from: string;
  readonly to: string;
  readonly uri: string;
  /** Whatever else it says. */
  readonly headers: readonly (readonly [string, string])[];
}

/** A call: answered or not, cancelled or not; hung up in the end. */
export function call(agent: UserAgent, { from, to, uri, headers: says }: Parties, media: string): void {
  const { world, settings } = agent;
  const callId = `${agent.fresh('c')}@${settings.ip}`;
  const tag = agent.fresh('f');
  const early = new Set<UaDialog>();
  let cancel: (() => void) | undefined;
  let cancelled = false;
  let taken: UaDialog | null = null;
  let final = 0;
  const described: Described = { version: 0, rest: '' };
  const first = description(media, agent.ip, 64, agent.user, 1 + world.below(3));
  const body = first && numbered(first, described);
  const asks: Ask = {
    body,
    headers: [
      ['Supported', '100rel'],
      ...says,
      ...(settings.hasProxy ? [['Record-Route', agent.proxy] as const] : []),
      ...(world.chance(0.2) ? [['Subject', `${agent.name}-subject`] as const] : []),
    ],
  };

  const isAnswered = (response: SipMessage, number: number): void => {
    const dialog = agent.dialogOfResponse(response, number, true);
    const isFirst = !dialog.confirmed;
    if (isFirst && dialog.described.version === 0) dialog.described = { ...described };
    dialog.confirmed = true;
    final = 200;
    agent.acknowledge(dialog, number, body === undefined ? response.body : undefined);
    if (!isFirst) return;
    dialog.media = mediaOf(response.body) || media;
    if (body !== undefined) agent.isAnswer(dialog, body, response.body);
    else dialog.lines = linesOf(response.body);
    if (media !== 'none' && dialog.media !== media)
      world.violated(`an offer of ${media} is answered with ${dialog.media}`);
    // One call is enough, and one that was cancelled is one too many (RFC 3261 §9.1, §13.2.2.4).
    if (cancelled || taken !== null) agent.hangUp(dialog);
    else {
      taken = dialog;
      agent.established(dialog);
      agent.later(world.between(1, 60_000), () => agent.hangUp(dialog));
    }
    for (const other of early) if (!other.confirmed) agent.later(32_000, () => agent.end(other));
  };

  const invite = (number: number, more: readonly (readonly [string, string])[]): void => {
    const headers = [
      ['From', `${from};tag=${tag}`],
      ['To', to],
      ['Call-ID', callId],
    ] as const;
    const written = agent.write('INVITE', uri, headers, number, {
      ...asks,
      headers: [...(asks.headers ?? []), ...more],
    });
    cancel = agent.start('INVITE', written, (status, response) => {
      if (response !== null && status > 100 && status < 200 && response.toTag !== '') {
        const dialog = agent.dialogOfResponse(response, number, true);
        early.add(dialog);
        acknowledgeProvisional(agent, dialog, response, number);
      } else if (response !== null && status >= 200 && status < 300) isAnswered(response, number);
      else if (status >= 300 || status === 0) {
        final = status;
        for (const dialog of early) if (!dialog.confirmed) agent.end(dialog);
        if (media === 'mixed' && status > 0 && ![488, 403, 404, 503].includes(status))
          world.violated(`a mixed offer is answered ${status}`);
        if ((status === 401 || status === 407) && number === 1)
          invite(2, [['Authorization', 'Digest username="a"']]);
      }
    });
  };
  invite(1, []);
  if (world.chance(0.2)) {
    agent.later(world.chance(0.5) ? world.between(0, 100) : world.between(0, 8000), () => {
      if (final > 0 || taken !== null) return;
      cancelled = true;
      world.said(`  ${agent.name} cancels`);
      cancel?.();
    });
  }
}

/** RFC 3262 §4. */
function acknowledgeProvisional(
  agent: UserAgent,
  dialog: UaDialog,
  response: SipMessage,
  number: number,
): void {
  const sequence = Number(response.value(HEADER.RSeq) ?? 0);
  if (!response.values(HEADER.Require).includes('100rel') || sequence <= dialog.responseNumber) return;
  dialog.responseNumber = sequence;
  agent.ask(dialog, 'PRACK', { headers: [['RAck', `${sequence} ${number} INVITE`]] });
}

/** A subscription that is ended, runs out, or is ended by the notifier; REFER outside a dialog is one, too. */
export function subscribe(
  agent: UserAgent,
  { from, to, uri, headers: says }: Parties,
  method: 'SUBSCRIBE' | 'REFER',
): void {
  const { world, settings } = agent;
  const headers = [
    ['From', `${from};tag=${agent.fresh('f')}`],
    ['To', to],
    ['Call-ID', `${agent.fresh('s')}@${settings.ip}`],
  ] as const;
  const more =
    method === 'REFER'
      ? [['Refer-To', '<sip:third@example.com>'] as const]
      : ([
          ['Event', 'presence'],
          ['Expires', '60'],
        ] as const);
  const records = settings.hasProxy ? [['Record-Route', agent.proxy] as const] : [];
  const written = agent.write(method, uri, headers, 1, { headers: [...records, ...says, ...more] });
  // A NOTIFY may be first (RFC 6665 §4.1.2.4): it finds the dialog by its Call-ID.
  agent.expected.set(headers[2][1], { number: 1, from: headers[0][1], to });
  agent.start(method, written, (status, response) => {
    if (response === null || status < 200 || status >= 300) return;
    const dialog = agent.dialogOfResponse(response, 1, false);
    if (!dialog.confirmed) dialog.subscriptions = Math.max(dialog.subscriptions, 1);
    dialog.confirmed = true;
    if (method === 'REFER' || world.chance(0.5)) return;
    agent.later(world.between(1000, 50_000), () => {
      if (dialog.subscriptions === 0) return;
      agent.ask(dialog, 'SUBSCRIBE', {
        headers: [
          ['Event', 'presence'],
          ['Expires', world.one(['0', '60'])],
        ],
      });
    });
  });
}

export function single(agent: UserAgent, parties: Parties, method: string): void {
  // RFC 3428 §8: one after the other.
  if (method === 'MESSAGE' && agent.messaging) return;
  agent.messaging ||= method === 'MESSAGE';
  const { from, to, uri, headers: says } = parties;
  const headers = [
    ['From', `${from};tag=${agent.fresh('f')}`],
    ['To', to],
    ['Call-ID', `${agent.fresh('m')}@${agent.settings.ip}`],
  ] as const;
  const body = method === 'OPTIONS' ? {} : { body: Buffer.from('Hello.'), type: 'text/plain' };
  const more = method === 'PUBLISH' ? [['Event', 'presence'] as const] : [];
  agent.start(
    method,
    agent.write(method, uri, headers, 1, { ...body, headers: [...says, ...more] }),
    (status) => {
      if (method === 'MESSAGE' && (status === 0 || status >= 200)) agent.messaging = false;
    },
  );
}

/** Registers for a while, again with credentials when asked, and perhaps takes it back. */
export function register(agent: UserAgent, { from, uri }: Parties, registered: () => void): void {
  const { world, settings } = agent;
  const callId = `${agent.fresh('r')}@${settings.ip}`;
  const tag = agent.fresh('f');
  let number = 0;
  const send = (expires: number, more: readonly (readonly [string, string])[], done: () => void): void => {
    const headers = [
      ['From', `${from};tag=${tag}`],
      ['To', from],
      ['Call-ID', callId],
    ] as const;
    const asks = { headers: [['Expires', String(expires)] as const, ...more] };
    agent.start('REGISTER', agent.write('REGISTER', uri, headers, ++number, asks), (status, response) => {
      if (status === 401 && more.length === 0 && response !== null)
        send(expires, [['Authorization', credentialsFor(response)]], done);
      else if (status === 200 && response !== null) {
        if (expires > 0 && contactOf(response) !== agent.contact.slice(1, -1))
          world.violated(`${agent.name} is told of ${contactOf(response)}, not of its own Contact`);
        done();
      }
    });
  };
  send(world.one([60, 600]), [], () => {
    registered();
    if (world.chance(0.5))
      agent.later(world.between(1000, 80_000), () => send(world.one([0, 60]), [], () => {}));
  });
}

/** Of the right shape (RFC 7616 §3.4): the registrar does not look at more. */
function credentialsFor(challenge: SipMessage): string {
  const [, nonce] = /nonce="(.*?)"/.exec(challenge.value(HEADER['WWW-Authenticate']) ?? '') ?? [];
  return [
    `Digest username="a", realm="callee.com", nonce="${nonce}", uri="sip:callee.com", algorithm=SHA-256`,
    `qop=auth, nc=00000001, cnonce="c${nonce}", response="${'0123456789abcdef'.repeat(4)}"`,
  ].join(', ');
}
