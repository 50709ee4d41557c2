// RFC 4975 §8.1, §8.2, §8.6: an MSRP line has the format *, a path and the types it accepts.
import { isInstantMessaging, isMsrp } from '../../sdp/instant-message.ts';
import { msrpSession } from '../../sdp/msrp.ts';
import { sdpEvidence } from '../evidence.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/msrp-sdp-incomplete',
    severity: 'error',
    scope: 'message',
    tier: 2,
    since: '0.2.0',
    summary: 'An MSRP line has a=path, a=accept-types and the format *.',
    why: 'Without a path there is nothing to connect to; without the types the peer does not know what it may send.',
    exceptions: ['A line of port 0, which is refused.'],
    fix: 'Have the client write a=path and a=accept-types under its m=message line, and * as its format.',
    sources: [
      { document: 'RFC 4975', section: '8.1', says: 'the format list must be *' },
      {
        document: 'RFC 4975',
        section: '8.2',
        says: 'each offer or answer that proposes MSRP must have a path',
      },
      { document: 'RFC 4975', section: '8.6', says: 'and accept-types' },
    ],
    messages: {
      path: 'the MSRP line has no a=path',
      types: 'the MSRP line has no a=accept-types',
      format: 'the MSRP line has the format {formats} instead of *',
    },
  },
  create: ({ report }) => ({
    message(message) {
      const { sip } = message;
      if (sip.bodyStart === sip.bodyEnd || message.sdp?.im !== true) return;
      const { sdp } = message;
      for (const media of sdp.media) {
        if (!isInstantMessaging(media.media) || !isMsrp(media) || media.rejected) continue;
        const evidence = [sdpEvidence(sdp, media.line)];
        const { path, acceptTypes } = msrpSession(media);
        if (path.length === 0) report({ message: 'path', at: message, evidence });
        if (acceptTypes.length === 0) report({ message: 'types', at: message, evidence });
        if (media.formats.join(' ') !== '*')
          report({ message: 'format', data: { formats: media.formats.join(' ') }, at: message, evidence });
      }
    },
  }),
});
