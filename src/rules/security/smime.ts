// RFC 3261 §23, RFC 8591 §4, RFC 3323 §4.2: S/MIME bodies with algorithms of today, and no secret SDP where an
// intermediary is asked to anonymise it.

import { leafParts } from '../../sip/body/multipart.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { factEvidence, headerEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'security/smime',
    severity: 'warning',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'S/MIME bodies use current algorithms, and a request for session privacy does not hide its session description.',
    why: 'Old algorithms are broken or refused by the other side; an SBC that is to anonymise a description must be able to read it.',
    exceptions: ['Certificates are not checked: they are rarely in the capture.'],
    fix: 'Use AES-GCM and SHA-256 (RFC 8591); leave the session description readable where Privacy: session is asked for.',
    sources: [
      { document: 'RFC 8591', section: '4', says: 'algorithms that must be supported' },
      { document: 'RFC 3853', section: '1', says: 'AES takes the place of 3DES' },
      {
        document: 'RFC 3323',
        section: '4.2',
        says: 'with session privacy the description is not encrypted end to end',
      },
    ],
    messages: {
      algorithm: 'The S/MIME body uses {algorithm}',
      'hidden-sdp': 'Privacy asks for session, but the session description is enveloped',
    },
  },
  create: ({ report }) => ({
    message(message) {
      const { sip } = message;
      if (message.truncated || sip.bodyStart === sip.bodyEnd) return;
      for (const part of leafParts(sip.parts())) {
        const { name } = part.contentType;
        if (name !== 'application/pkcs7-mime' && name !== 'application/pkcs7-signature') continue;
        const octets = sip.data.subarray(part.start, part.end);
        for (const [algorithm, oid] of OBSOLETE) {
          if (!octets.includes(oid)) continue;
          const evidence = [factEvidence(message.frame, 'packet', name, algorithm)];
          report({ message: 'algorithm', data: { algorithm }, at: message, evidence });
        }
        const enveloped = part.contentType.params.get('smime-type')?.toLowerCase() === 'enveloped-data';
        const asksSession = sip
          .values(HEADER.Privacy)
          .some((value) => /(^|[;,\s])session($|[;,\s])/i.test(value));
        if (enveloped && asksSession && message.sdp === undefined) {
          const evidence = headerEvidence(message, HEADER.Privacy, 'Privacy');
          report({ message: 'hidden-sdp', at: message, evidence, severity: 'error' });
        }
      }
    },
  }),
});

/** Object identifiers as DER writes them. */
const OBSOLETE: readonly (readonly [string, Buffer])[] = [
  ['3DES-CBC', Buffer.from('06082a864886f70d0307', 'hex')],
  ['RC2-CBC', Buffer.from('06082a864886f70d0302', 'hex')],
  ['DES-CBC', Buffer.from('06052b0e030207', 'hex')],
  ['MD5', Buffer.from('06082a864886f70d0205', 'hex')],
  ['SHA-1', Buffer.from('06052b0e03021a', 'hex')],
];
