// The schema of decisions: one key a question of rules.md §16.
import { z } from 'zod';
import { DEFAULT_DECISIONS as USUAL } from './decisions.ts';
import { choice, count, described, flag } from './schema-values.ts';

export const DECISIONS = described(
  z.strictObject({
    'record-route-order': choice(
      ['rfc3261', 'cisco'],
      'Q1. Where the SBC’s Record-Route values go: above those that came (RFC 3261 §16.6), or below, as the chapter prints them.',
      USUAL.recordRouteOrder,
    ),
    'privacy-media-connection': choice(
      ['accept', 'refuse'],
      'Q2. A media-level c= with the adjacency’s address under privacy: accepted, or a finding.',
      USUAL.privacyMediaConnection,
    ),
    'collapsed-lines': choice(
      ['repair', 'collapse'],
      'Q3. Several m=message lines become one under privacy: the answer is given back the lines of the offer, or not.',
      USUAL.collapsedLines,
    ),
    'privacy-contact': choice(
      ['replace', 'keep'],
      'Q4. Contact of a private call that came in on an adjacency with passthrough.',
      USUAL.privacyContact,
    ),
    'passthrough-identifiers': choice(
      ['keep', 'own'],
      'Q8. Call-ID and tags of calls with passthrough: as received, or the SBC’s own.',
      USUAL.passthroughIdentifiers,
    ),
    'origin-version': choice(
      ['counted', 'constant'],
      'Q9. Version in the o= line that the SBC writes: raised with each change (RFC 3264 §8), or always 0.',
      USUAL.originVersion,
    ),
    'im-privacy-port': count('Q10. Port in the anonymised m= line.', USUAL.imPrivacyPort, 65_535),
    'privacy-attributes': choice(
      ['keep', 'strip'],
      'Q12. Other a= lines of a private IM session; the leak rules judge those that stay.',
      USUAL.privacyAttributes,
    ),
    'msrp-under-privacy': choice(
      ['pass', 'refuse'],
      'Q13. m=message over MSRP in a call that is to be private: passed and reported, or refused.',
      USUAL.msrpUnderPrivacy,
    ),
    'strict-im-mixed': flag(
      'Q14. Whether lines of other media with port 0 in a re-offer make it mixed.',
      USUAL.strictImMixed,
    ),
    'mixed-media': choice(
      ['any', 'audio-video'],
      'Q15. Which media make an IM offer mixed: any other, or audio and video only.',
      USUAL.mixedMedia,
    ),
    'message-with-x-ms-message': choice(
      ['allow', 'refuse'],
      'Q16. m=message and m=x-ms-message in one offer.',
      USUAL.messageWithXMsMessage,
    ),
    'kind-flip-in-response': choice(
      ['end-call', 'pass'],
      'Q17. An offer in a response that turns IM into something else or the reverse: ACK and BYE, or passed.',
      USUAL.kindFlipInResponse,
    ),
    'reroute-after-488': flag(
      'Q18. Whether another route is tried when a callee answers 488.',
      USUAL.rerouteAfter488,
    ),
    'im-early-to-late': choice(
      ['allow', 'refuse'],
      'Q19. IM on calls that bring an offer which the other side does not get; the chapter names the other direction only.',
      USUAL.imEarlyToLate,
    ),
    'privacy-own-record-route': choice(
      ['either', 'add', 'omit'],
      'Q20. The SBC’s own Record-Route on private calls. either: both conform, the core adds none.',
      USUAL.privacyOwnRecordRoute,
    ),
    'callee-privacy-fallback': choice(
      ['as-caller', 'unknown'],
      'Q21. The callee’s privacy where no entry says: as the caller’s, as in the chapter’s 200 OK, or not known.',
      USUAL.calleePrivacyFallback,
    ),
    'media-path': choice(
      ['relayed', 'direct'],
      'How voice and video go. direct: from one user agent to the other, so that private calls tell where in c=, m=, candidates and a=rtcp, which is no finding then. As the SBC core relays no media, that is how its calls go.',
      USUAL.mediaPath,
    ),
  }),
  'Where the specification is silent or says two things.',
  [{ 'record-route-order': 'cisco', 'strict-im-mixed': true }],
);
