// The rules of this group, in the order of the catalogue.
import type { Rule } from '../rule.ts';
import adjacencyRrMissing from './adjacency-rr-missing.ts';
import appliedToRegistered from './applied-to-registered.ts';
import contactNotRewritten from './contact-not-rewritten.ts';
import contactRewritten from './contact-rewritten-under-passthrough.ts';
import inDialogRuriUpdated from './in-dialog-ruri-updated.ts';
import inboundAdjacencyWins from './inbound-adjacency-wins.ts';
import modeInferred from './mode-inferred.ts';
import notLoose from './not-loose.ts';
import passthroughRrMissing from './passthrough-rr-missing.ts';
import routePassedThrough from './route-passed-through.ts';
import rrCrossedWhenOff from './rr-crossed-when-off.ts';
import rrNotReturned from './rr-not-returned.ts';
import rrOrder from './rr-order.ts';

export const RULES: readonly Rule[] = [
  passthroughRrMissing,
  adjacencyRrMissing,
  rrOrder,
  contactRewritten,
  contactNotRewritten,
  rrCrossedWhenOff,
  rrNotReturned,
  inboundAdjacencyWins,
  inDialogRuriUpdated,
  routePassedThrough,
  appliedToRegistered,
  modeInferred,
  notLoose,
];
