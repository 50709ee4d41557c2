// The address in a description is neither where signalling nor where media of that side come from (RFC 3264 §5.1 only says
// that it is where media are received).
import { sdpEvidence } from '../evidence.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import type { MediaWatch } from '../facts/media-watch.ts';
import type { MessageFacts } from '../facts/message-facts.ts';
import { NetworkClass } from '../facts/network-class.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'nat/sdp-source-mismatch',
    severity: 'warning',
    scope: 'call',
    tier: 2,
    since: '0.2.0',
    needsPackets: true,
    summary: 'A side asks for media at an address that its signalling or its media come from.',
    why: 'A phone behind a NAT names its inner address: what is sent there never arrives.',
    exceptions: [
      'A media relay takes part: its address is public and sends media itself.',
      'The description offers ICE candidates.',
      'The capture has no media of that side: then nothing is said.',
    ],
    fix: 'Have the phone learn its outer address, or the SBC send media to where they come from.',
    sources: [
      { document: 'RFC 3264', section: '5.1', says: 'the address says only where media are received' },
    ],
    messages: {
      mismatch: 'Media are asked for at {asked}, but come from {seen}, and signalling from {signalling}',
    },
  },
  create({ policy, report, media }) {
    const networks = new NetworkClass(policy);
    return {
      leg(leg) {
        if (!media.active) return;
        for (const message of leg.messages) {
          const { sdp } = message;
          if (sdp === undefined || message.repeated) continue;
          const { src } = message.sip;
          for (const one of sdp.media) {
            const { address, port } = one;
            if (port === 0 || address === '' || address === src.ip || one.media !== 'audio') continue;
            // A relay elsewhere is the usual way; an inner address named to an outer network is not.
            if (!networks.isPrivate(address) || !networks.isPublic(src.ip) || one.has('candidate')) continue;
            const asked = media.of(leg.call.call.id, address, port);
            if (asked === undefined || asked.from.packets > 0) continue;
            const other = peerMedia(leg, message, media);
            if (other === undefined) continue;
            const data = { asked: `${address}:${port}`, seen: other, signalling: src.text };
            report({ message: 'mismatch', data, at: message, evidence: [sdpEvidence(sdp, one.line)] });
          }
        }
      },
    };
  },
});

/** Who sends media to the other side's address; undefined when the capture shows nobody. */
function peerMedia(leg: LegFacts, message: MessageFacts, media: MediaWatch): string | undefined {
  for (const other of leg.messages) {
    if (other.sdp === undefined || other.sip.src.ip === message.sip.src.ip) continue;
    for (const { address, port, media: type } of other.sdp.media) {
      if (type !== 'audio' || port === 0) continue;
      const seen = media.of(leg.call.call.id, address, port);
      const [source] = seen?.to.others ?? [];
      if (source !== undefined) return source;
    }
  }
  return undefined;
}
