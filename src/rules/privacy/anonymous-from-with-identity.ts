// RFC 3323 §4.1.1.3, §5.3; RFC 3325 §5: an anonymous From is of no use where another header tells who it is, to somebody outside the
// trust domain.
import { parseCredentials } from '../../sip/header/credentials.ts';
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import type { SipUri } from '../../sip/uri/uri.ts';
import { headerEvidence } from '../evidence.ts';
import { isAnonymousAddress } from '../facts/anonymous.ts';
import { contactOf } from '../facts/contact.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { trustsHost } from '../facts/trust.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'privacy/anonymous-from-with-identity',
    severity: 'warning',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'A request with an anonymous From that goes to an untrusted peer names the caller in no other header.',
    why: 'The callee is shown an anonymous call, and reads who it is one line further down.',
    exceptions: [
      'The peer is in the trust domain, or no policy says what that is.',
      'Remote-Party-ID that asks for full privacy itself.',
      'Entries of History-Info that name who is called.',
      'The user name of digest credentials that this server needs: info.',
    ],
    fix: 'Remove the header at the border; have the client send P-Preferred-Identity to trusted proxies only.',
    sources: [
      { document: 'RFC 3323', section: '4.1.1.3', says: 'what an anonymous From looks like' },
      { document: 'RFC 3323', section: '5.3', says: 'headers that are not needed are removed' },
      { document: 'RFC 3325', section: '5', says: 'the asserted identity is removed before it leaves' },
    ],
    messages: {
      identity: 'From is anonymous, and {header} names {uri}',
      contact: 'From is anonymous, and Contact has the user {user}',
      credentials: 'From is anonymous, and the credentials are of {user}',
    },
  },
  create: ({ report, policy, notChecked }) => ({
    message(message) {
      const { sip } = message;
      if (!message.isRequest || sip.from === undefined || !isAnonymousAddress(sip.from)) return;
      const trusted = trustsHost(policy, sip.dst.ip);
      if (trusted === null) notChecked('the trust domain is not known');
      if (trusted !== false) return;
      // RFC 7044 §5: the last entry is who is called now, and no secret of the caller.
      const called = new Set([sip.uri, sip.to?.uri ?? sip.uri].map(addressOf));
      for (const [name, id] of IDENTITIES) {
        for (const address of sip.addresses(id)) {
          if (isAnonymousAddress(address) || address.params.get('privacy') === 'full') continue;
          if (
            address.uri.user === '' ||
            (id === HEADER['History-Info'] && called.has(addressOf(address.uri)))
          )
            continue;
          report({
            message: 'identity',
            data: { header: name, uri: address.uri.text },
            at: message,
            evidence: [...headerEvidence(message, HEADER.From, 'From'), ...headerEvidence(message, id, name)],
          });
        }
      }
      const credentials = userOfCredentials(message);
      const contact = contactOf(message)?.uri.user ?? '';
      if (/^\+?\d{7,}$/.test(contact) || (contact !== '' && contact === credentials))
        report({
          message: 'contact',
          data: { user: contact },
          at: message,
          evidence: headerEvidence(message, HEADER.Contact, 'Contact'),
        });
      if (credentials !== '' && credentials.toLowerCase() !== 'anonymous')
        report({
          message: 'credentials',
          data: { user: credentials },
          at: message,
          evidence: headerEvidence(message, HEADER.From, 'From'),
          severity: 'info',
        });
    },
  }),
});

function addressOf(uri: SipUri): string {
  return uri.address.toLowerCase();
}

function userOfCredentials({ sip }: MessageFacts): string {
  const value = sip.value(HEADER['Proxy-Authorization']) ?? sip.value(HEADER.Authorization);
  return value === undefined ? '' : (parseCredentials(value).params.get('username') ?? '');
}

const IDENTITIES: readonly (readonly [string, HeaderId])[] = [
  ['P-Asserted-Identity', HEADER['P-Asserted-Identity']],
  ['P-Preferred-Identity', HEADER['P-Preferred-Identity']],
  ['Remote-Party-ID', HEADER['Remote-Party-ID']],
  ['Diversion', HEADER.Diversion],
  ['History-Info', HEADER['History-Info']],
  ['Referred-By', HEADER['Referred-By']],
];
