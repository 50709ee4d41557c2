// What simulated user agents do when they are called, asked, or have a call: all of it by chance.

import type { ServerTransaction } from '../../../src/sbc/transaction/transaction-user.ts';
import { HEADER } from '../../../src/sip/header/header-names.ts';
import type { SipMessage } from '../../../src/sip/message.ts';
import { description, mediaOf } from './descriptions.ts';
import type { UaDialog } from './ua-dialog.ts';
import { type Behaviour, contactOf, type UserAgent } from './user-agent.ts';

export const BEHAVIOUR: Behaviour = {
  invited(agent, server) {
    const { world } = agent;
    const { request } = server;
    const forks = world.chance(0.1) ? 2 : 1;
    const dialogs = Array.from({ length: forks }, () => agent.dialogOfRequest(server, agent.fresh('t')));
    for (const dialog of dialogs) dialog.invited = server;
    const end = (): void => {
      for (const dialog of dialogs) {
        dialog.invited = null;
        if (!dialog.confirmed) agent.end(dialog);
      }
    };
    if (world.chance(0.05)) {
      // Not a word, until the caller gives up.
      world.said(`  ${agent.name} is silent`);
      agent.later(100_000, end);
      return;
    }
    const wishes = world.chance(0.25) && request.values(HEADER.Supported).includes('100rel');
    // One without a description would have to make an offer (RFC 3262 §5).
    const reliable = wishes && mediaOf(request.body) !== '';
    const rings = world.between(1, 2000);
    for (const dialog of dialogs) {
      if (world.chance(0.8)) agent.later(rings, () => ring(agent, server, dialog, reliable));
    }
    const wait = rings + world.between(1, world.chance(0.05) ? 300_000 : 8000);
    const status = world.chance(0.7)
      ? 200
      : world.chance(0.1)
        ? 0
        : world.one([302, 404, 415, 480, 486, 488, 500, 503, 603]);
    const decide = (): void => {
      if (server.answered) {
        end();
        return;
      }
      if (status === 0) return;
      // RFC 3262 §3: what described the session has to be acknowledged first.
      if (status < 300 && dialogs.some(({ awaitedPracks }) => awaitedPracks.size > 0)) {
        agent.later(50, decide);
        return;
      }
      if (status >= 300) {
        agent.respond(server, status, { headers: withStatus(status), tag: dialogs[0].localTag });
        end();
        return;
      }
      const taken = world.chance(0.3) ? dialogs : [dialogs[world.below(dialogs.length)]];
      for (const dialog of taken) answer(agent, server, dialog);
      end();
    };
    agent.later(wait, decide);
  },

  asked(agent, server) {
    const { world } = agent;
    const { method } = server.request;
    if (world.chance(0.05)) return;
    const wait = world.chance(0.1) ? world.between(1000, 20_000) : world.between(0, 50);
    agent.later(wait, () => {
      if (method === 'SUBSCRIBE' || method === 'REFER') subscribed(agent, server);
      else if (method === 'REGISTER') registered(agent, server);
      else {
        const status = world.chance(0.9) ? 200 : world.one([404, 480, 503]);
        const published = method === 'PUBLISH' && status === 200;
        agent.respond(server, status, {
          headers: published
            ? [
                ['SIP-ETag', agent.fresh('e')],
                ['Expires', '60'],
              ]
            : [],
        });
      }
    });
  },

  established(agent, dialog) {
    const { world } = agent;
    for (let steps = world.below(4); steps > 0; steps--) {
      agent.later(world.between(0, 20_000), () => act(agent, dialog, world.one(WISHES)));
    }
    // Both sides want the same at about the same time.
    if (world.isHasty) agent.later(3000 + world.below(30), () => act(agent, dialog, world.one(HASTY)));
  },

  askedWithin(agent, dialog, server) {
    const { world } = agent;
    const { method } = server.request;
    if (method === 'INVITE') invitedAgain(agent, dialog, server);
    else if (method === 'UPDATE') updated(agent, dialog, server);
    else if (method === 'REFER') {
      agent.respond(server, 202);
      dialog.subscriptions++;
      agent.later(world.between(1, 3000), () => notifyLast(agent, dialog, 'refer'));
    } else if (method === 'SUBSCRIBE') {
      const expires = server.request.value(HEADER.Expires) ?? '60';
      agent.respond(server, 200, { headers: [['Expires', expires]] });
      if (expires === '0') notifyLast(agent, dialog, 'presence');
      else agent.ask(dialog, 'NOTIFY', notify('presence', `active;expires=${expires}`));
    } else if (method === 'NOTIFY') {
      agent.respond(server, 200);
      const isLast = /^terminated/.test(server.request.value(HEADER['Subscription-State']) ?? '');
      if (isLast) dialog.subscriptions = Math.max(0, dialog.subscriptions - 1);
    } else agent.respond(server, 200);
  },
};

function ring(agent: UserAgent, server: ServerTransaction, dialog: UaDialog, reliable: boolean): void {
  if (server.answered || dialog.over) return;
  if (!reliable) {
    agent.respond(server, agent.world.one([180, 183]), { tag: dialog.localTag });
    return;
  }
  const number = 1 + agent.world.below(1000);
  const body = agent.says(dialog, description(dialog.media, agent.ip, 64, agent.user, dialog.lines));
  const headers = [
    ['Require', '100rel'],
    ['RSeq', String(number)],
  ] as const;
  const octets = agent.respond(server, 183, { headers, body, tag: dialog.localTag });
  let waiting = true;
  dialog.awaitedPracks.set(number, () => {
    waiting = false;
  });
  // RFC 3262 §3.
  const again = (wait: number): void => {
    agent.later(wait, () => {
      if (!waiting || server.answered || dialog.over) return;
      if (wait > 20_000) agent.respond(server, 500, { tag: dialog.localTag });
      else {
        server.respond(183, octets, server.request);
        again(2 * wait);
      }
    });
  };
  again(500);
}

function answer(agent: UserAgent, server: ServerTransaction, dialog: UaDialog): void {
  const { world } = agent;
  const media = dialog.media || world.one(['im', 'audio']);
  dialog.media = media;
  if (dialog.lines === 0) dialog.lines = media === 'im' ? 1 + world.below(2) : 1;
  dialog.confirmed = true;
  dialog.invited = null;
  const body = agent.says(dialog, description(media, agent.ip, 64, agent.user, dialog.lines));
  agent.accept(server, dialog, body, () => {
    agent.established(dialog);
    if (world.chance(0.5)) agent.later(world.between(1, 40_000), () => agent.hangUp(dialog));
  });
}

/** Something within a call. */
function act(agent: UserAgent, dialog: UaDialog, what: string): void {
  const { world } = agent;
  if (dialog.over || !dialog.confirmed) return;
  world.said(`  ${agent.name} wants ${what}`);
  const hello = { body: Buffer.from('Hello.'), type: 'text/plain' };
  if (what === 'INFO') agent.ask(dialog, what, hello);
  else if (what === 'MESSAGE') {
    if (dialog.messaging) return;
    dialog.messaging = true;
    agent.ask(dialog, what, hello, () => {
      dialog.messaging = false;
    });
  } else if (what === 'BYE') agent.hangUp(dialog);
  else if (what === 'OPTIONS') agent.ask(dialog, what);
  else if (what === 'REFER') {
    dialog.subscriptions++;
    agent.ask(dialog, what, { headers: [['Refer-To', '<sip:third@example.com>']] }, (status) => {
      if (status >= 300 || status === 0) dialog.subscriptions = Math.max(0, dialog.subscriptions - 1);
    });
  } else if (what === 'UPDATE') {
    if (isOffering(dialog)) return;
    dialog.updating = true;
    const body = newOffer(agent, dialog);
    agent.ask(dialog, what, { body }, (status, response) => {
      dialog.updating = false;
      if (status === 200 && response !== null && body !== undefined)
        agent.isAnswer(dialog, body, response.body);
      isJudged(agent, dialog, status, response);
    });
  } else if (!isOffering(dialog) && world.now >= dialog.glaring) {
    const body = world.chance(0.1) ? undefined : newOffer(agent, dialog);
    agent.reinvite(dialog, body, (status, response) => {
      if (status === 491) {
        const wait = world.between(2100, 4000);
        dialog.glaring = world.now + wait;
        if (world.chance(0.5)) agent.later(wait, () => act(agent, dialog, 'INVITE'));
      }
      isJudged(agent, dialog, status, response);
    });
  }
}

const WISHES = [
  'INFO',
  'MESSAGE',
  'MESSAGE',
  'OPTIONS',
  'UPDATE',
  'INVITE',
  'INVITE',
  'REFER',
  'BYE',
] as const;
const HASTY = ['INVITE', 'INVITE', 'UPDATE', 'BYE'] as const;

/** An offer waits for its answer, or may (RFC 3264 §4, RFC 6337 §4.3). */
function isOffering({ inviting, updating, invited, offered }: UaDialog): boolean {
  return inviting || updating || invited !== null || offered;
}

/** Now and then one that turns the call into something else. */
function newOffer(agent: UserAgent, dialog: UaDialog): Buffer | undefined {
  const other = dialog.media === 'im' ? 'audio' : 'im';
  const media = agent.world.chance(0.15) ? agent.world.one([other, 'mixed']) : dialog.media;
  const lines = dialog.lines + (agent.world.chance(0.1) && dialog.media === 'im' ? 1 : 0);
  return agent.says(dialog, description(media, agent.ip, rateOf(agent), agent.user, lines));
}

/** SBC-9, SBC-10: what turns a call into something else is never taken. */
function isJudged(agent: UserAgent, dialog: UaDialog, status: number, response: SipMessage | null): void {
  if (status < 200 || status >= 300 || response === null) return;
  const media = mediaOf(response.body);
  if (media !== '' && dialog.media !== '' && media !== dialog.media)
    agent.world.violated(`a call of ${dialog.media} has become one of ${media}`);
}

function invitedAgain(agent: UserAgent, dialog: UaDialog, server: ServerTransaction): void {
  const { world } = agent;
  const { request } = server;
  if (dialog.over) {
    agent.respond(server, 481);
    return;
  }
  // §14.2.
  if (dialog.inviting || dialog.updating) {
    agent.respond(server, 491);
    return;
  }
  if (dialog.invited !== null) {
    agent.respond(server, 500, { headers: [['Retry-After', '1']] });
    return;
  }
  const media = mediaOf(request.body);
  if (media !== '' && dialog.media !== '' && media !== dialog.media)
    world.violated(`${agent.name} gets a re-INVITE that makes ${media} of ${dialog.media}`);
  dialog.invited = server;
  agent.later(world.chance(0.1) ? world.between(100, 10_000) : world.between(0, 100), () => {
    if (server.answered) return;
    dialog.invited = null;
    if (dialog.over) agent.respond(server, 487);
    else if (world.chance(0.1)) agent.respond(server, 488);
    else {
      agent.isOffer(dialog, request.body);
      const offer = request.body;
      const body =
        offer.length > 0
          ? agent.answerTo(dialog, offer)
          : agent.says(dialog, description(dialog.media, agent.ip, rateOf(agent), agent.user, dialog.lines));
      agent.accept(server, dialog, body, () => {});
    }
  });
}

function updated(agent: UserAgent, dialog: UaDialog, server: ServerTransaction): void {
  const { world } = agent;
  const media = mediaOf(server.request.body);
  if (media !== '' && dialog.media !== '' && media !== dialog.media)
    world.violated(`${agent.name} gets an UPDATE that makes ${media} of ${dialog.media}`);
  if (media !== '' && isOffering(dialog)) agent.respond(server, 491);
  else {
    agent.isOffer(dialog, server.request.body);
    agent.respond(server, 200, {
      body: media === '' ? undefined : agent.answerTo(dialog, server.request.body),
    });
  }
}

function rateOf({ world }: UserAgent): number {
  return 64 + world.below(1000);
}

/** What a status has to come with (RFC 3261 §21, RFC 6665 §4.2.1.1). */
function withStatus(status: number): readonly (readonly [string, string])[] {
  if (status === 302) return [['Contact', '<sip:other@callee.com>']];
  if (status === 415) return [['Accept', 'application/sdp']];
  return status === 489 ? [['Allow-Events', 'presence']] : [];
}

/** A notifier. */
function subscribed(agent: UserAgent, server: ServerTransaction): void {
  const { world } = agent;
  const { request } = server;
  if (world.chance(0.15)) {
    const status = world.one([403, 489, 603]);
    agent.respond(server, status, { headers: withStatus(status) });
    return;
  }
  const dialog = agent.dialogOfRequest(server, agent.fresh('t'));
  dialog.subscriptions = 1;
  dialog.confirmed = true;
  const isRefer = request.method === 'REFER';
  const expires = request.value(HEADER.Expires) ?? '60';
  agent.respond(server, isRefer ? 202 : 200, {
    tag: dialog.localTag,
    headers: isRefer ? [] : [['Expires', expires]],
  });
  const event = isRefer ? 'refer' : 'presence';
  agent.ask(dialog, 'NOTIFY', notify(event, `active;expires=${expires}`));
  if (world.chance(0.7)) agent.later(world.between(1, 50_000), () => notifyLast(agent, dialog, event));
}

function notifyLast(agent: UserAgent, dialog: UaDialog, event: string): void {
  if (dialog.subscriptions === 0) return;
  agent.ask(dialog, 'NOTIFY', notify(event, 'terminated;reason=noresource'));
  dialog.subscriptions--;
}

function notify(event: string, state: string): Parameters<UserAgent['ask']>[2] {
  return {
    headers: [
      ['Event', event],
      ['Subscription-State', state],
    ],
    ...(event === 'refer' ? { body: Buffer.from('SIP/2.0 200 OK\r\n'), type: 'message/sipfrag' } : {}),
  };
}

/** A registrar. */
function registered(agent: UserAgent, server: ServerTransaction): void {
  const { world } = agent;
  const { request } = server;
  if (world.chance(0.3) && request.value(HEADER.Authorization) === undefined) {
    agent.respond(server, 401, {
      contact: null,
      headers: [
        [
          'WWW-Authenticate',
          `Digest realm="callee.com", nonce="${agent.fresh('n')}", qop="auth", algorithm=SHA-256`,
        ],
      ],
    });
    return;
  }
  const contact = contactOf(request);
  const expires = Number(request.value(HEADER.Expires) ?? 60);
  const bound =
    contact === undefined || expires === 0 ? [] : [['Contact', `<${contact}>;expires=${expires}`] as const];
  agent.published = expires === 0 ? '' : (contact ?? agent.published);
  agent.respond(server, 200, { contact: null, headers: bound });
}
