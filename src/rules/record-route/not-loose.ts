// RFC 3261 §16.6 step 4: a Record-Route value is a SIP or SIPS URI with the lr parameter; RFC 3327 §4 and RFC 3608 §5 say the same
// of Path and Service-Route. RFC 3428 §5: im URIs have no place there.
import { HEADER, type HeaderId } from '../../sip/header/header-names.ts';
import { rowEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'record-route/not-loose',
    severity: 'warning',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary: 'Record-Route, Path and Service-Route are SIP or SIPS URIs with the lr parameter.',
    why: 'Without lr the next hop falls back to strict routing of RFC 2543 and overwrites the Request-URI; many boxes then lose the target.',
    exceptions: ['Record-Route in a response repeats what the request had, and is told there.'],
    fix: 'Have the proxy write <sip:host;lr>.',
    sources: [
      {
        document: 'RFC 3261',
        section: '16.6',
        says: 'the URI must be a SIP or SIPS URI and must contain lr',
      },
      { document: 'RFC 3261', section: '12.2.1.1', says: 'what becomes of a route without lr' },
      { document: 'RFC 3428', section: '5', says: 'no im URIs in Record-Route and Route' },
    ],
    messages: {
      lr: '{header} {uri} has no lr parameter',
      scheme: '{header} {uri} is no SIP URI',
    },
  },
  create: ({ report }) => ({
    message(message) {
      const { sip } = message;
      for (const [id, name] of sip.isRequest ? IN_REQUESTS : IN_RESPONSES) {
        const row = sip.find(id);
        if (row < 0) continue;
        for (const { uri } of sip.addresses(id)) {
          const isSip = uri.scheme === 'sip' || uri.scheme === 'sips';
          if (isSip && (uri.params.has('lr') || name === 'Route')) continue;
          const data = { header: name, uri: uri.text };
          report({
            message: isSip ? 'lr' : 'scheme',
            data,
            at: message,
            evidence: [rowEvidence(message, row)],
          });
        }
      }
    },
  }),
});

const IN_REQUESTS: readonly (readonly [HeaderId, string])[] = [
  [HEADER['Record-Route'], 'Record-Route'],
  [HEADER.Path, 'Path'],
  [HEADER.Route, 'Route'],
];
const IN_RESPONSES: readonly (readonly [HeaderId, string])[] = [[HEADER['Service-Route'], 'Service-Route']];
