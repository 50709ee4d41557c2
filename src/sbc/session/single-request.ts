// A request outside a dialog that makes none: MESSAGE, OPTIONS to beyond, PUBLISH, INFO, a NOTIFY nobody subscribed to, methods
// that are not known (RFC 3261 §8.1, RFC 3428, RFC 3903).
import type { Adjacency, NextHop } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Flow } from '../flow.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import { ownTag, refuse, relayed } from '../relay/answer.ts';
import { Forwarding, type ForwardPlan, type Place, type Refusal } from '../relay/forwarding.ts';
import { hide, refusalForPrivacy } from '../relay/hiding.ts';
import { ownContact } from '../relay/own-contact.ts';
import { passedOnRoute } from '../relay/passing-on.ts';
import type { ChosenRoute } from '../routing/choose-route.ts';
import { contactUri } from '../routing/own-address.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import { OutsideIdentifiers } from './outside-identifiers.ts';
import type { Treatment } from './treatment.ts';

export class SingleRequest implements ForwardPlan {
  readonly method: string;
  readonly adjacency: Adjacency;
  readonly cause: SipMessage;
  readonly places: readonly Place[];
  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly route: ChosenRoute;
  private readonly treatment: Treatment;
  private readonly identifiers: OutsideIdentifiers;

  constructor(
    parts: Parts,
    server: ServerTransaction,
    route: ChosenRoute,
    treatment: Treatment,
    places: readonly Place[],
  ) {
    this.parts = parts;
    this.server = server;
    this.route = route;
    this.treatment = treatment;
    this.method = server.method;
    this.cause = server.request;
    this.adjacency = treatment.outbound;
    this.places = places;
    this.identifiers = new OutsideIdentifiers(parts, server.request, treatment);
  }

  start(): void {
    new Forwarding(this.parts, this).start();
  }

  octets(flow: Flow, hop: NextHop | null, via: string): Buffer | Refusal {
    const { parts, cause, treatment, route, identifiers, server } = this;
    const draft = passedOnRoute(parts, cause, route, hop, flow);
    if (!treatment.recordRoutes) draft.remove(HEADER['Record-Route']);
    identifiers.put(draft);
    // A Contact is rare here, and means the sender (OPTIONS, RFC 3261 §11.1).
    if (!this.keepsContacts()) ownContact(draft, contactUri(flow, ''));
    const reason = refusalForPrivacy(hide(parts, draft, treatment, 'caller', server.flow, flow));
    if (reason !== '') return { status: 500, reason };
    return draft.set(HEADER.Via, via).octets();
  }

  response(message: SipMessage, flow: Flow): void {
    const { parts, server, treatment, identifiers } = this;
    const { status } = message;
    if (status === 503) {
      refuse(parts, server, treatment.inbound, 500);
      return;
    }
    identifiers.comesAgain(status);
    const received = server.request.value(HEADER.To) ?? '';
    const to = treatment.identifiers
      ? (message.value(HEADER.To) ?? '')
      : withTag(received, message.toTag === '' ? '' : this.toTag(message));
    const draft = relayed(message, server, to);
    if (!this.keepsContacts() && status < 300) ownContact(draft, contactUri(server.flow, ''));
    hide(parts, draft, treatment, 'callee', flow, server.flow);
    server.respond(status, draft.octets(), message);
  }

  failed(status: number, reason?: string): void {
    refuse(this.parts, this.server, this.treatment.inbound, status, [], reason);
  }

  /** A REGISTER comes here where the policy says `rewrite-register: false`. */
  private keepsContacts(): boolean {
    return this.treatment.contacts || this.method === 'REGISTER';
  }

  private toTag(message: SipMessage): string {
    const { server, parts, treatment } = this;
    return ownTag(parts, server, treatment.inbound.name, message);
  }
}
