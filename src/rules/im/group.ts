// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import calleeUnsupportedNotRelayed from './callee-unsupported-not-relayed.ts';
import imOfferRejected from './im-offer-rejected.ts';
import inDialogToSdpUrl from './in-dialog-to-sdp-url.ts';
import interworkingNot488 from './interworking-not-488.ts';
import invalidConnectionAddress from './invalid-connection-address.ts';
import mediaResourceAllocated from './media-resource-allocated.ts';
import mixedOfferNot488 from './mixed-offer-not-488.ts';
import msrpSdpIncomplete from './msrp-sdp-incomplete.ts';
import msrpTreatedAsSipIm from './msrp-treated-as-sip-im.ts';
import multipleMessageLinesRejected from './multiple-message-lines-rejected.ts';
import proprietaryMediaAsIm from './proprietary-media-as-im.ts';
import reofferKindFlipNot488 from './reoffer-kind-flip-not-488.ts';
import sdpModifiedWithoutPrivacy from './sdp-modified-without-privacy.ts';
import xMsMessageTreatedDifferently from './x-ms-message-treated-differently.ts';

export const RULES: readonly Rule[] = [
  mixedOfferNot488,
  reofferKindFlipNot488,
  imOfferRejected,
  multipleMessageLinesRejected,
  xMsMessageTreatedDifferently,
  proprietaryMediaAsIm,
  sdpModifiedWithoutPrivacy,
  invalidConnectionAddress,
  mediaResourceAllocated,
  calleeUnsupportedNotRelayed,
  interworkingNot488,
  inDialogToSdpUrl,
  msrpTreatedAsSipIm,
  msrpSdpIncomplete,
];
