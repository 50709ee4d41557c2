// RFC 4483 §5: a body that is only named: by access-type and URL, with a Content-ID and a time until which it can be fetched.

import type { MediaType } from '../../sip/body/media-type.ts';
import { leafParts, type MimePart } from '../../sip/body/multipart.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { type Evidence, rowEvidence } from '../evidence.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'message/content-indirection',
    severity: 'info',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary:
      'A message/external-body says by URL where the content is, until when, and by Content-ID which version.',
    why: 'The receiver cannot fetch the picture or file, fetches it again and again, or anyone on the way reads it.',
    exceptions: ['A URL of another scheme than http: its protection is its own.'],
    fix: 'Have the sender write access-type="URL", an https URL, an expiration and a Content-ID.',
    sources: [
      { document: 'RFC 4483', section: '5.4', says: 'access-type and the URI' },
      { document: 'RFC 4483', section: '5.6', says: 'Content-ID names the version' },
      { document: 'RFC 4483', section: '5.7', says: 'expiration' },
    ],
    messages: {
      'no-url': 'message/external-body has no {parameter}',
      incomplete: 'message/external-body has no {parts}',
      cleartext: 'message/external-body is fetched by http, readable on the way',
    },
  },
  create({ report }) {
    return {
      message(message) {
        const { sip } = message;
        if (sip.bodyStart === sip.bodyEnd || message.truncated) return;
        const type = sip.contentType?.type;
        if (type !== 'message' && type !== 'multipart') return;
        for (const part of leafParts(sip.parts())) {
          if (part.contentType.name === 'message/external-body') judge(message, part);
        }
      },
    };

    function judge(message: MessageFacts, part: MimePart): void {
      const { params } = part.contentType;
      const evidence = proof(message, part.contentType);
      const url = params.get('url') ?? params.get('uri');
      const access = params.get('access-type');
      if (access === undefined || url === undefined) {
        const parameter = access === undefined ? 'access-type' : 'URL';
        report({ message: 'no-url', data: { parameter }, at: message, evidence, severity: 'warning' });
      } else if (/^http:/i.test(url)) {
        report({ message: 'cleartext', at: message, evidence, severity: 'warning' });
      }
      const parts = [hasId(message, part) ? '' : 'Content-ID', params.has('expiration') ? '' : 'expiration'];
      const absent = parts.filter((name) => name !== '').join(' and no ');
      if (absent !== '') report({ message: 'incomplete', data: { parts: absent }, at: message, evidence });
    }
  },
});

/** In the part's headers, or among those of the content, which stand where its body would be (RFC 4483 §6.1). */
function hasId({ sip }: MessageFacts, part: MimePart): boolean {
  if (part.headers.some(({ name }) => name.toLowerCase() === 'content-id')) return true;
  if (sip.find(HEADER['Content-ID']) >= 0) return true;
  return /^content-id\s*:/im.test(
    sip.data.toString('latin1', part.start, Math.min(part.end, part.start + 4096)),
  );
}

function proof(message: MessageFacts, { text }: MediaType): Evidence[] {
  const row = message.sip.find(HEADER['Content-Type']);
  if (message.sip.contentType?.type === 'message') return [rowEvidence(message, row)];
  return [{ frame: message.frame, kind: 'body', name: 'Content-Type', value: text, offset: -1 }];
}
