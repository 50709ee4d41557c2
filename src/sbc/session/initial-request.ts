// The request that is to make a dialog, as the callee's side gets it (RFC 3261 §13.2; rules.md SBC-18, SBC-22…24, SBC-37).
import type { NextHop } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { Flow } from '../flow.ts';
import type { Draft } from '../message/draft.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import type { Refusal } from '../relay/forwarding.ts';
import { hide, refusalForPrivacy } from '../relay/hiding.ts';
import { ownContact } from '../relay/own-contact.ts';
import { passedOnRoute } from '../relay/passing-on.ts';
import type { ChosenRoute } from '../routing/choose-route.ts';
import { contactUri, recordRoute } from '../routing/own-address.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import type { CallMedia } from './call-media.ts';
import { mapReferences } from './mapped-references.ts';
import { passMedia } from './offer-policy.ts';
import { OutsideIdentifiers } from './outside-identifiers.ts';
import type { Treatment } from './treatment.ts';

export class InitialRequest {
  readonly identifiers: OutsideIdentifiers;
  /** Record-Route values that it came with. */
  readonly recordRoutes: readonly string[];
  /** And those that it went with. */
  sentRoutes: readonly string[] = [];
  /** From and To as they were sent, without tags. */
  localParty = '';
  readonly remoteParty: string;
  /** Contact URI that the callee's side sees; '' where it is the caller's own. */
  contact = '';

  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly route: ChosenRoute;
  private readonly treatment: Treatment;
  private readonly publishedContact: string;
  private readonly media: CallMedia;
  private contactUser = '';

  constructor(
    parts: Parts,
    server: ServerTransaction,
    route: ChosenRoute,
    treatment: Treatment,
    publishedContact: string,
    media: CallMedia,
  ) {
    const { request } = server;
    this.parts = parts;
    this.server = server;
    this.route = route;
    this.treatment = treatment;
    this.publishedContact = publishedContact;
    this.media = media;
    this.recordRoutes = request.values(HEADER['Record-Route']);
    this.remoteParty = withTag(request.value(HEADER.To) ?? '', '');
    this.identifiers = new OutsideIdentifiers(parts, request, treatment);
  }

  get callId(): string {
    return this.identifiers.callId;
  }

  get localTag(): string {
    return this.identifiers.fromTag;
  }

  octets(flow: Flow, hop: NextHop | null, via: string): Buffer | Refusal {
    const { parts, treatment, route, server } = this;
    const { request } = server;
    const draft = passedOnRoute(parts, request, route, hop, flow);
    this.addRecordRoutes(draft, flow);
    if (!treatment.contacts) {
      this.contact = this.publishedContact || contactUri(flow, this.userOfContact());
      ownContact(draft, this.contact);
    }
    this.identifiers.put(draft);
    mapReferences(draft, parts.dialogs);
    const reason = refusalForPrivacy(hide(parts, draft, treatment, 'caller', server.flow, flow));
    if (reason !== '') return { status: 500, reason };
    this.localParty = withTag(draft.value(HEADER.From) ?? '', '');
    passMedia(parts, draft, this.media, treatment, 'caller', flow);
    this.sentRoutes = draft.values(HEADER['Record-Route']);
    return draft.set(HEADER.Via, via).octets();
  }

  /** Record-Route values of responses where the sets are two: what the caller's side recorded comes back to it. */
  returnedRoutes(): readonly string[] {
    const { recordRoutes, treatment, server } = this;
    return this.addsOwn() ? [recordRoute(treatment.inbound, server.flow), ...recordRoutes] : recordRoutes;
  }

  private addRecordRoutes(draft: Draft, flow: Flow): void {
    const { treatment, server, parts } = this;
    const id = HEADER['Record-Route'];
    const outbound = recordRoute(treatment.outbound, flow);
    if (!treatment.recordRoutes) {
      draft.remove(id);
      if (this.addsOwn()) draft.addTop(id, outbound);
      return;
    }
    const inbound = recordRoute(treatment.inbound, server.flow);
    if (parts.configured.policy.decisions.recordRouteOrder === 'cisco')
      draft.addLast(id, inbound).addLast(id, outbound);
    else draft.addTop(id, inbound).addTop(id, outbound);
  }

  /** Q20; and where the Contact is another's the SBC would be out of the path without (Q4). */
  private addsOwn(): boolean {
    const { treatment, parts } = this;
    if (treatment.recordRoutes) return false;
    if (treatment.contacts) return true;
    const isPrivate = treatment.hidesCaller || treatment.hidesCallee || treatment.hidesTopology;
    return isPrivate && parts.configured.policy.decisions.privacyOwnRecordRoute === 'add';
  }

  /** The same for each hop that is tried. */
  private userOfContact(): string {
    const { parts, server, treatment } = this;
    const adjacency = treatment.outbound.name;
    this.contactUser ||= parts.identifiers.next({ kind: 'contact-user', cause: server.request, adjacency });
    return this.contactUser;
  }
}
