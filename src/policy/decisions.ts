// Where the chapter on SIP instant messaging is silent, or says two things (rules.md §16): one option a question, with the
// recommended answer as default.

export interface Decisions {
  /** Q1. Where the SBC's Record-Route values go: on top (RFC 3261 §16.6 step 4), or below, as the chapter prints it. */
  readonly recordRouteOrder: 'rfc3261' | 'cisco';
  /** Q2. A media-level c= equal to the adjacency's address under privacy. */
  readonly privacyMediaConnection: 'accept' | 'refuse';
  /** Q3. Several m=message lines collapsed to one: the answer goes back with as many lines as were offered, or as it came. */
  readonly collapsedLines: 'repair' | 'collapse';
  /** Q4. Contact of a private call on an adjacency with passthrough. */
  readonly privacyContact: 'replace' | 'keep';
  /** Q8. Call-ID, From and To tags of a call with passthrough: as received, or the SBC's own. */
  readonly passthroughIdentifiers: 'keep' | 'own';
  /** Q9. Version in the o= line that the SBC writes: raised with each change (RFC 3264 §8), or always 0 as printed. */
  readonly originVersion: 'counted' | 'constant';
  /** Q10. Port in the anonymised m= line. */
  readonly imPrivacyPort: number;
  /** Q12. Other a= lines of a private IM session. The leak rules judge those that stay. */
  readonly privacyAttributes: 'keep' | 'strip';
  /** Q13. `m=message … TCP/MSRP` in a call that is to be private. */
  readonly msrpUnderPrivacy: 'pass' | 'refuse';
  /** Q14. Whether other media with port 0 in a re-offer make it mixed. */
  readonly strictImMixed: boolean;
  /** Q15. Media that make an IM offer mixed. */
  readonly mixedMedia: 'any' | 'audio-video';
  /** Q16. m=message and m=x-ms-message in one offer. */
  readonly messageWithXMsMessage: 'allow' | 'refuse';
  /** Q17. An offer in a response that turns IM into something else, or the reverse. */
  readonly kindFlipInResponse: 'end-call' | 'pass';
  /** Q18. Whether another route is tried after a 488 from one callee. */
  readonly rerouteAfter488: boolean;
  /** Q19. IM on calls that bring an offer where the other side gets none. */
  readonly imEarlyToLate: 'allow' | 'refuse';
  /** Q20. The SBC's own Record-Route on a private call. `either`: the checker takes both, the core adds none. */
  readonly privacyOwnRecordRoute: 'either' | 'add' | 'omit';
  /** Q21. Privacy of the callee where no entry says: as of the caller (the chapter's 200 OK), or not known. */
  readonly calleePrivacyFallback: 'as-caller' | 'unknown';
  /**
   * Media of voice and video: by the SBC or another box that hides where it comes from, or directly from one user agent to the
   * other, who has to be told its address and port.
   */
  readonly mediaPath: 'relayed' | 'direct';
}

export const DEFAULT_DECISIONS: Decisions = {
  recordRouteOrder: 'rfc3261',
  privacyMediaConnection: 'accept',
  collapsedLines: 'repair',
  privacyContact: 'replace',
  passthroughIdentifiers: 'keep',
  originVersion: 'counted',
  imPrivacyPort: 5060,
  privacyAttributes: 'keep',
  msrpUnderPrivacy: 'pass',
  strictImMixed: false,
  mixedMedia: 'any',
  messageWithXMsMessage: 'allow',
  kindFlipInResponse: 'end-call',
  rerouteAfter488: false,
  imEarlyToLate: 'allow',
  privacyOwnRecordRoute: 'either',
  calleePrivacyFallback: 'as-caller',
  mediaPath: 'relayed',
};
