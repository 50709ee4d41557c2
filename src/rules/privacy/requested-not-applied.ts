// RFC 3323 §4.2, §5: what a Privacy header asks for is done, or with `critical` the request is refused. RFC 3325 §7: id;
// RFC 7044 §10.1.2: history.
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import { headerEvidence } from '../evidence.ts';
import { isAnonymousAddress } from '../facts/anonymous.ts';
import { contactOf } from '../facts/contact.ts';
import { privacyAsked } from '../facts/crossing-privacy.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { sharedWith } from '../facts/route-set.ts';
import type { SdpFacts } from '../facts/sdp-facts.ts';
import { trustsPeer } from '../facts/trust.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/requested-not-applied',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    summary:
      'What the Privacy header of a request asks for is done before it leaves, or the request is refused where it is critical.',
    why: 'The caller believes to be hidden and is not.',
    exceptions: [
      'Privacy: none.',
      'For id, the next hop is in the trust domain, or it is not known whether it is.',
      'The value went on together with the header: a later privacy service may do it; still told, as a warning.',
    ],
    fix: 'Configure caller privacy for these calls at the box on the border, or refuse critical requests with 500.',
    sources: [
      {
        document: 'RFC 3323',
        section: '5',
        says: 'a service that cannot give a critical level fails the request',
      },
      { document: 'RFC 3323', section: '5.1', says: 'header: Via, Contact, Record-Route' },
      { document: 'RFC 3323', section: '5.2', says: 'session: addresses of the media' },
      { document: 'RFC 3323', section: '5.3', says: 'user: From and headers that are not needed' },
      { document: 'RFC 3325', section: '7', says: 'id: P-Asserted-Identity to who is not trusted' },
      { document: 'RFC 7044', section: '10.1.2', says: 'history: entries of the own domain' },
    ],
    messages: {
      id: 'Privacy asks for id, and P-Asserted-Identity goes to {to}',
      header: 'Privacy asks for header, and {what} of the caller goes on',
      session:
        'Privacy asks for session, and the address {what} of the caller goes on in the session description',
      user: 'Privacy asks for user, and {what} goes on',
      history: 'Privacy asks for history, and History-Info {what} goes on',
    },
  },
  create: ({ report, policy, notChecked }) => ({
    crossing(crossing) {
      const { far } = crossing;
      if (!crossing.judged || far === null) return;
      const trusted = trustsPeer(policy, far);
      for (const { received, sent, fromCaller } of crossing.requests) {
        if (!fromCaller || !received.initial || sent === undefined || received.method === 'CANCEL') continue;
        const [before, after] = [received.request!, sent.request!];
        const asked = privacyAsked(before);
        if (asked.size === 0 || trusted === true) continue;
        const tell = (message: Level, data: { to: string } | { what: string }, ids: readonly HeaderId[]) => {
          const strict = asked.has('critical') || message === 'id' || message === 'history';
          report({
            message,
            data: { ...data },
            at: [after, before],
            evidence: [
              ...headerEvidence(before, HEADER.Privacy, 'Privacy'),
              ...ids.flatMap((id) => (after.sip.find(id) < 0 ? [] : headerEvidence(after, id, ''))),
            ],
            crossing,
            ...graded(strict ? 'error' : 'warning', crossing.controller),
          });
        };
        if (asked.has('id') && after.sip.find(HEADER['P-Asserted-Identity']) >= 0) {
          if (trusted === null) notChecked('the trust domain is not known');
          else tell('id', { to: after.sip.dst.text }, [HEADER['P-Asserted-Identity']]);
        }
        if (asked.has('header')) {
          for (const [what, id] of keptHeaders(before, after)) tell('header', { what }, [id]);
        }
        if (asked.has('session')) {
          const what = keptAddress(before.sdp, after.sdp);
          if (what !== undefined) tell('session', { what }, []);
        }
        if (asked.has('user')) {
          for (const [what, id] of identifying(before, after)) tell('user', { what }, [id]);
        }
        if (asked.has('history') || asked.has('header')) {
          const what = ownHistory(before, after);
          if (what !== undefined) tell('history', { what }, [HEADER['History-Info']]);
        }
      }
    },
  }),
});

type Level = 'id' | 'header' | 'session' | 'user' | 'history';

function keptHeaders(before: MessageFacts, after: MessageFacts): [string, HeaderId][] {
  const kept: [string, HeaderId][] = [];
  const hosts = new Set(before.sip.vias.map(({ host, branch }) => `${host} ${branch}`));
  if (after.sip.vias.some(({ host, branch }) => hosts.has(`${host} ${branch}`)))
    kept.push(['Via', HEADER.Via]);
  const [came, went] = [contactOf(before), contactOf(after)];
  if (came !== undefined && went !== undefined && came.uri.hostPort === went.uri.hostPort)
    kept.push(['Contact', HEADER.Contact]);
  if (sharedWith(after.sip.recordRoutes, before.sip.recordRoutes).length > 0)
    kept.push(['Record-Route', HEADER['Record-Route']]);
  return kept;
}

function keptAddress(before: SdpFacts | undefined, after: SdpFacts | undefined): string | undefined {
  if (before === undefined || after === undefined) return undefined;
  const came = addressesOf(before);
  return [...addressesOf(after)].find((address) => came.has(address));
}

function addressesOf({ description, media }: SdpFacts): Set<string> {
  const found = [description.origin?.address, description.connection?.address];
  for (const one of media) {
    found.push(...one.connections.map(({ address }) => address));
    found.push(...one.attributeValues('candidate').map((value) => value.trim().split(/ +/)[4]));
  }
  return new Set(found.filter((address) => address !== undefined && address !== '') as string[]);
}

function identifying(before: MessageFacts, after: MessageFacts): [string, HeaderId][] {
  const kept: [string, HeaderId][] = [];
  const { from } = after.sip;
  if (from !== undefined && !isAnonymousAddress(from) && from.uri.address === before.sip.from?.uri.address)
    kept.push([`From ${from.uri.text}`, HEADER.From]);
  for (const [name, id] of NON_ESSENTIAL) {
    const value = after.sip.value(id);
    if (value !== undefined && value === before.sip.value(id)) kept.push([name, id]);
  }
  return kept;
}

/** An entry of the caller's own domain that names somebody. */
function ownHistory(before: MessageFacts, after: MessageFacts): string | undefined {
  const own = before.sip.from?.uri.host.toLowerCase();
  return after.sip
    .addresses(HEADER['History-Info'])
    .find((entry) => entry.uri.host.toLowerCase() === own && !isAnonymousAddress(entry))?.uri.text;
}

/** RFC 3323 §5.3. */
const NON_ESSENTIAL: readonly (readonly [string, HeaderId])[] = [
  ['Subject', HEADER.Subject],
  ['Call-Info', HEADER['Call-Info']],
  ['Organization', HEADER.Organization],
  ['User-Agent', HEADER['User-Agent']],
  ['Reply-To', HEADER['Reply-To']],
  ['In-Reply-To', HEADER['In-Reply-To']],
];
