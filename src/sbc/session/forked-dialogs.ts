// Each tag that answers a request becomes a dialog of two sides (RFC 3261 §12.1, §13.2.2.4; RFC 6665 §4.4.1).
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import { Dialog } from '../dialog/dialog.ts';
import type { DialogSide } from '../dialog/dialog-side.ts';
import { routeSetOfRequest, routeSetOfResponse } from '../dialog/route-set.ts';
import type { Flow } from '../flow.ts';
import { withTag } from '../message/tag.ts';
import type { Parts } from '../parts.ts';
import type { ChosenRoute } from '../routing/choose-route.ts';
import { contactUri } from '../routing/own-address.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import type { CallMedia } from './call-media.ts';
import { contactOf } from './contact-of.ts';
import type { InitialRequest } from './initial-request.ts';
import { dropDialog } from './lifetime.ts';
import type { Treatment } from './treatment.ts';

export class ForkedDialogs {
  private readonly byTag = new Map<string, Dialog>();
  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly route: ChosenRoute;
  private readonly treatment: Treatment;
  private readonly request: InitialRequest;
  private readonly media: CallMedia;
  private readonly onOver: () => void;
  private contactUser = '';

  /** `onOver`: one of them is. */
  constructor(
    parts: Parts,
    server: ServerTransaction,
    route: ChosenRoute,
    treatment: Treatment,
    request: InitialRequest,
    media: CallMedia,
    onOver: () => void,
  ) {
    this.parts = parts;
    this.server = server;
    this.route = route;
    this.treatment = treatment;
    this.request = request;
    this.media = media;
    this.onOver = onOver;
  }

  of(tag: string): Dialog | undefined {
    return this.byTag.get(tag);
  }

  all(): Iterable<Dialog> {
    return this.byTag.values();
  }

  /** They are no longer of one request: those that are up know nothing more of it. */
  clear(): void {
    for (const dialog of this.byTag.values()) dialog.onOver = null;
    this.byTag.clear();
  }

  /** Of a response, or of a NOTIFY that came before it; made when there is none. undefined: too many. */
  dialogOf(message: SipMessage, flow: Flow): Dialog | undefined {
    const { parts, treatment, server } = this;
    const tag = message.isRequest ? message.fromTag : message.toTag;
    const known = this.byTag.get(tag);
    if (known !== undefined) {
      if (!message.isRequest) this.learn(known, message, flow);
      return known;
    }
    if (this.byTag.size >= parts.limits.forks) {
      parts.outbox.log('warn', 'sbc/too-many-forks', { callId: server.request.callId });
      return undefined;
    }
    const localTag = treatment.identifiers
      ? tag
      : parts.identifiers.next({ kind: 'tag', cause: message, adjacency: treatment.inbound.name });
    const caller = this.callerSide(message, localTag);
    const callee = this.calleeSide(message, tag, flow);
    const dialog = new Dialog(caller, callee, treatment, this.media.fork(), server.method === 'INVITE');
    dialog.onOver = this.onOver;
    this.byTag.set(tag, dialog);
    for (const older of parts.dialogs.add(dialog)) dropDialog(parts, older);
    server.toTag ||= localTag;
    return dialog;
  }

  private callerSide(message: SipMessage, localTag: string): DialogSide {
    const { treatment, server, request } = this;
    const received = server.request;
    return {
      adjacency: treatment.inbound,
      callId: received.callId,
      localTag,
      remoteTag: received.fromTag,
      localParty: request.remoteParty,
      remoteParty: withTag(received.value(HEADER.From) ?? '', ''),
      routeSet: routeSetOfRequest(request.recordRoutes),
      target: contactOf(received),
      flow: server.flow,
      contact: treatment.contacts ? '' : this.contactFor(message),
      localSequence: 0,
      remoteSequence: received.cseqNumber,
    };
  }

  private calleeSide(message: SipMessage, remoteTag: string, flow: Flow): DialogSide {
    const { treatment, request, server } = this;
    return {
      adjacency: treatment.outbound,
      callId: request.callId,
      localTag: request.localTag,
      remoteTag,
      localParty: request.localParty,
      remoteParty: request.remoteParty,
      routeSet: this.calleeRoutes(message),
      target: contactOf(message),
      flow,
      contact: request.contact,
      localSequence: server.request.cseqNumber,
      remoteSequence: 0,
    };
  }

  /** Contact URI that the caller's side sees; of a subscriber the one that was published there (rules.md SBC-34). */
  private contactFor(message: SipMessage): string {
    const { parts, treatment, server } = this;
    const { binding } = this.route;
    if (binding !== null && binding.registrar === treatment.inbound) return binding.publishedUri;
    const adjacency = treatment.inbound.name;
    this.contactUser ||= parts.identifiers.next({ kind: 'contact-user', cause: message, adjacency });
    return contactUri(server.flow, this.contactUser);
  }

  /** §12.1.2, §13.2.2.4: the 2xx's Record-Route and Contact take the place of an early dialog's. */
  private learn({ callee }: Dialog, message: SipMessage, flow: Flow): void {
    callee.target = contactOf(message) || callee.target;
    callee.flow = flow;
    if (message.status >= 200 || callee.routeSet.length === 0) callee.routeSet = this.calleeRoutes(message);
  }

  private calleeRoutes(message: SipMessage): readonly string[] {
    const recordRoutes = message.values(HEADER['Record-Route']);
    // Of a NOTIFY that came first it is the request's order (§12.1.1).
    if (message.isRequest) return routeSetOfRequest(recordRoutes);
    return routeSetOfResponse(recordRoutes, this.parts.configured.adjacencies, this.request.sentRoutes);
  }
}
