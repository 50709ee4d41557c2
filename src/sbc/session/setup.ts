// A request outside a dialog that makes one: INVITE, SUBSCRIBE, REFER (RFC 3261 §13, RFC 6665 §4.1, RFC 3515 §2.4). It is
// passed on; each callee's tag that answers becomes a dialog of two sides (forks: §12.1, §13.2.2.4).
import type { Adjacency, NextHop } from '../../policy/policy.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import type { SipMessage } from '../../sip/message.ts';
import type { Dialog } from '../dialog/dialog.ts';
import type { Flow } from '../flow.ts';
import { withTag } from '../message/tag.ts';
import type { Parts, UnsettledRequest } from '../parts.ts';
import { ownTag, refuse, relayed } from '../relay/answer.ts';
import { Forwarding, type ForwardPlan, type Place, type Refusal } from '../relay/forwarding.ts';
import { hide } from '../relay/hiding.ts';
import { ownContact } from '../relay/own-contact.ts';
import { PassedAnswers } from '../relay/passed-answers.ts';
import type { ChosenRoute } from '../routing/choose-route.ts';
import { sessionBody } from '../sdp/session-body.ts';
import type { ServerTransaction } from '../transaction/transaction-user.ts';
import { CallMedia } from './call-media.ts';
import { type EndedAck, EndedCall } from './ended-call.ts';
import { ForkedDialogs } from './forked-dialogs.ts';
import { InitialRequest } from './initial-request.ts';
import { confirmed, dropDialog, endCall } from './lifetime.ts';
import { kindOf, passMedia, refusalOfAnswer } from './offer-policy.ts';
import { acknowledge, acknowledgeLate, sendBye } from './own-request.ts';
import { setupKey } from './setup-key.ts';
import { subscribed } from './subscriptions.ts';
import type { Treatment } from './treatment.ts';
import { awaitLateOffer } from './unwanted-call.ts';

export class Setup implements ForwardPlan, UnsettledRequest {
  readonly method: string;
  readonly adjacency: Adjacency;
  readonly cause: SipMessage;
  readonly places: readonly Place[];
  private readonly parts: Parts;
  private readonly server: ServerTransaction;
  private readonly treatment: Treatment;
  private readonly request: InitialRequest;
  private readonly forked: ForkedDialogs;
  /** What the INVITE brought. */
  private readonly media = new CallMedia();
  private readonly passed = new PassedAnswers();
  private readonly forwarding: Forwarding;
  private answered = false;
  /** The timer after which no other fork is waited for; 0 before one has accepted. */
  private settling = 0;

  /** `publishedContact`: of the caller where he is a registered subscriber, else ''. `kind`: of the offer it brings. */
  constructor(
    parts: Parts,
    server: ServerTransaction,
    route: ChosenRoute,
    treatment: Treatment,
    publishedContact: string,
    kind: CallMedia['kind'],
    places: readonly Place[],
  ) {
    this.parts = parts;
    this.server = server;
    this.treatment = treatment;
    this.media.kind = kind;
    this.method = server.method;
    this.adjacency = treatment.outbound;
    this.cause = server.request;
    this.places = places;
    this.request = new InitialRequest(parts, server, route, treatment, publishedContact, this.media);
    this.forked = new ForkedDialogs(parts, server, route, treatment, this.request, this.media, () =>
      this.letGo(),
    );
    this.forwarding = new Forwarding(parts, this);
  }

  private get key(): string {
    return setupKey(this.request.callId, this.request.localTag);
  }

  start(): void {
    this.parts.setups.set(this.key, this);
    this.forwarding.start();
  }

  cancel(headers: readonly (readonly [string, string])[]): void {
    this.forwarding.cancel(headers);
  }

  octets(flow: Flow, hop: NextHop | null, via: string): Buffer | Refusal {
    return this.request.octets(flow, hop, via);
  }

  /** A NOTIFY may come before the response that makes the dialog (RFC 6665 §4.1.2.4); undefined: too many forks. */
  dialogOf(notify: SipMessage, flow: Flow): Dialog | undefined {
    return this.forked.dialogOf(notify, flow);
  }

  response(message: SipMessage, flow: Flow): void {
    const { status } = message;
    if (status >= 300) {
      this.refused(message, flow);
      return;
    }
    const given = this.server.answered && !this.answered;
    if (given) {
      if (status >= 200) this.endLate(message, flow);
      return;
    }
    const ended = status < 200 ? undefined : this.forked.of(message.toTag);
    // A BYE crossed the 2xx of one fork while another lives on (§13.3.1.4).
    if (ended?.over === true && ended.confirmed) {
      acknowledgeLate(this.parts, ended, 'caller', this.cause, message);
      return;
    }
    const again = this.passed.again(message);
    if (again !== undefined) {
      this.server.respond(status, again, message);
      return;
    }
    const dialog = message.toTag === '' ? null : this.forked.dialogOf(message, flow);
    if (dialog === undefined) return;
    if (dialog !== null && this.method === 'INVITE' && !this.accepts(dialog, message)) return;
    const tag = dialog?.caller.localTag ?? '';
    this.passBack(message, flow, tag, dialog);
    if (status >= 200) this.succeeded(message, dialog, flow);
  }

  failed(status: number, reason?: string): void {
    if (this.method === 'INVITE' && !this.offered) awaitLateOffer(this.parts, this.key);
    this.finish();
    refuse(this.parts, this.server, this.treatment.inbound, status, [], reason);
  }

  private passBack(message: SipMessage, flow: Flow, tag: string, dialog: Dialog | null): void {
    const { treatment, server, parts } = this;
    const { request } = server;
    const to = treatment.identifiers
      ? (message.value(HEADER.To) ?? '')
      : withTag(request.value(HEADER.To) ?? '', tag);
    const draft = relayed(message, server, to);
    if (!treatment.recordRoutes) {
      // What the caller's side recorded comes back to it, and only that (rules.md SBC-19, SBC-21).
      const makesDialog = dialog !== null && message.status < 300;
      draft.replaceValues(HEADER['Record-Route'], makesDialog ? this.request.returnedRoutes() : NONE);
    }
    if (!treatment.contacts) ownContact(draft, dialog?.caller.contact ?? '');
    hide(parts, draft, treatment, 'callee', flow, server.flow);
    if (dialog !== null) passMedia(parts, draft, dialog.media, treatment, 'callee', server.flow);
    const octets = draft.octets();
    if (this.method === 'INVITE') this.passed.keep(message, octets);
    server.respond(message.status, octets, message);
  }

  private succeeded(message: SipMessage, dialog: Dialog | null, flow: Flow): void {
    const { parts } = this;
    const first = !this.answered;
    this.answered = true;
    if (dialog === null) {
      if (first) this.finish();
      return;
    }
    dialog.callee.flow = flow;
    if (this.method !== 'INVITE') {
      subscribed(parts, dialog, this.cause, message);
      if (first) this.settle();
      return;
    }
    dialog.accepted.caller = this.cause.cseqNumber;
    if (!dialog.confirmed) confirmed(parts, dialog, message);
    if (first) this.settle();
  }

  /** Forks that never come to more are forgotten 64*T1 after the first 2xx (§13.2.2.4). */
  private settle(): void {
    const { parts } = this;
    // It is no call that is being set up any more, and no NOTIFY looks for it (RFC 6665 §4.4.1): what it keeps is of its transactions.
    if (this.method === 'INVITE') this.forget();
    this.settling = parts.outbox.setTimer('ack', SETTLED, () => {
      this.forget();
      for (const dialog of this.forked.all()) {
        if (!dialog.confirmed && dialog.subscriptions.size === 0) dropDialog(parts, dialog);
        else if (dialog.session && !dialog.acknowledged) endCall(parts, dialog, 'sbc/no-ack');
      }
      this.forked.clear();
    });
  }

  /** Once the call is over with all its forks little of it is kept: where calls are short, most of what there is would be of these. */
  private letGo(): void {
    if (this.settling === 0 || this.method !== 'INVITE') return;
    const acks: EndedAck[] = [];
    const { cseqNumber } = this.cause;
    for (const dialog of this.forked.all()) {
      if (!dialog.over) return;
      if (dialog.confirmed)
        acks.push({ tag: dialog.callee.remoteTag, branch: dialog.passedAck('caller', cseqNumber) });
    }
    const offered = this.offered;
    this.parts.outbox.clearTimer(this.settling);
    this.forked.clear();
    this.forwarding.handOver(new EndedCall(this.parts, this.adjacency, acks, offered));
    this.server.letGo();
  }

  /** Whether the INVITE brought an offer. */
  private get offered(): boolean {
    return sessionBody(this.cause) !== undefined;
  }

  private refused(message: SipMessage, flow: Flow): void {
    const { parts, treatment, server } = this;
    const { status } = message;
    this.request.identifiers.comesAgain(status);
    const tag = treatment.identifiers ? '' : this.finalTag(message);
    this.finish();
    // §16.7 step 6: a 503 would have the caller take the SBC itself for down.
    if (status === 503) refuse(parts, server, treatment.inbound, 500);
    else this.passBack(message, flow, tag, null);
  }

  /** §8.2.6.2: that of the provisional responses of the same callee; §9.2: that of the 200 to a CANCEL. */
  private finalTag(message: SipMessage): string {
    const { server, parts, treatment } = this;
    const early = this.forked.of(message.toTag);
    if (early !== undefined) return early.caller.localTag;
    return ownTag(parts, server, treatment.inbound.name, message);
  }

  /** An answer or offer that may not be (rules.md SBC-12, Q17): the callee's side is ended, the caller gets 488. */
  private accepts(dialog: Dialog, message: SipMessage): boolean {
    const { parts, treatment, server } = this;
    const { media } = dialog;
    const { policy } = parts.configured;
    const kind = kindOf(message, policy);
    const rule = refusalOfAnswer(policy, dialog, kind);
    if (rule === null) {
      media.isAbout(kind);
      return true;
    }
    parts.outbox.finding(rule, `${kind} in the answer to an INVITE of ${media.kind ?? 'no media'}`, message);
    refuse(parts, server, treatment.inbound, 488);
    if (message.status >= 200) this.endLate(message, dialog.callee.flow);
    else this.forwarding.cancel();
    return false;
  }

  /** A 2xx that the caller is not to have: he was refused before it came. */
  private endLate(message: SipMessage, flow: Flow): void {
    const { parts } = this;
    if (this.method !== 'INVITE' || message.toTag === '') return;
    const dialog = this.forked.dialogOf(message, flow);
    if (dialog === undefined) return;
    acknowledge(parts, dialog.callee, message, this.offered);
    if (!dialog.over) sendBye(parts, dialog.callee);
    // It stays among the forks, for the 2xx comes again until it is acknowledged (§13.3.1.4).
    dropDialog(parts, dialog);
    if (this.settling === 0) this.settle();
  }

  private forget(): void {
    const { key, parts } = this;
    if (parts.setups.get(key) === this) parts.setups.delete(key);
  }

  /** No dialog came of it. */
  private finish(): void {
    this.forget();
    for (const dialog of this.forked.all()) dropDialog(this.parts, dialog);
    this.forked.clear();
  }
}

/** 64*T1 (RFC 3261 §17.1.1.1). */
const SETTLED = 32_000;
const NONE: readonly string[] = [];
