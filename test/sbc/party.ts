// One user agent of a playbook, and the dialog as it sees it: writes the messages that an honest one sends to the SBC, and
// the whole of those that it must get. What a step says is what is special about its message.
//
//   caller.sends('INVITE', { body: IM_OFFER });
//   caller.gets(100);
//   callee.gets('INVITE', { body: IM_OFFER });
//   callee.sends(200, { body: IM_ANSWER });
import type { Peer } from './peer.ts';
import type { Playbook } from './playbook.ts';

export interface PartySettings {
  readonly peer: Peer;
  /** From of what it sends, To of what it gets, without tag. */
  readonly self: string;
  readonly other: string;
  readonly tag: string;
  /** The tag of whom it speaks to, which is the SBC's own unless identifiers are passed through. */
  readonly otherTag: string;
  readonly callId: string;
  /** URI of its Contact. */
  readonly contact: string;
  /** URI in the Contact that it gets. */
  readonly otherContact: string;
  /** Request-URI of what is sent outside of dialogs. */
  readonly uri: string;
  /** CSeq number of its first request. */
  readonly firstNumber: number;
  /** Record-Route of the request that makes the dialog, as it sends or gets it, and of the responses to that. */
  readonly requestRecords: readonly string[];
  readonly responseRecords: readonly string[];
  /** Route of the request that makes the dialog, where it has a way before it (RFC 3327 Path). */
  readonly requestRoutes?: readonly string[];
  /** Route of the requests within the dialog that it sends, and of those that it gets. */
  readonly routes: readonly string[];
  readonly routesOfOther: readonly string[];
}

/** What is special about a message. */
export interface Special {
  /** The request that a response is for; INVITE unless said. */
  readonly to?: string;
  readonly reason?: string;
  readonly uri?: string;
  readonly number?: number;
  readonly branch?: string;
  /** Outside of the dialog: no To tag, Request-URI of the first request. */
  readonly outside?: boolean;
  /** Tag of To; null: none. */
  readonly toTag?: string | null;
  readonly callId?: string;
  /** Header lines below Via: Route, Record-Route. */
  readonly above?: readonly string[];
  /** Value of Contact; null: none. */
  readonly contact?: string | null;
  /** Header lines below Contact. */
  readonly headers?: readonly string[];
  readonly maxForwards?: number;
  readonly type?: string;
  readonly body?: string;
}

export class Party {
  readonly settings: PartySettings;
  private readonly sbc: Playbook;
  /** Requests that it sent, and that it got, by their methods; and the whole of what it got last, by what it was. */
  private readonly asked = new Map<string, Asked>();
  private readonly isAskedBy = new Map<string, Asked>();
  private readonly got = new Map<string | number, string>();
  private readonly numbers = new Map<string, number>();
  private number: number;
  /** Whose requests it gets. */
  private far: Party = this;
  private dialog = false;

  constructor(sbc: Playbook, settings: PartySettings) {
    this.sbc = sbc;
    this.settings = settings;
    this.number = settings.firstNumber - 1;
  }

  /** The other side of the same call: its CSeq numbers go through. */
  speaksTo(far: Party): this {
    this.far = far;
    far.far = this;
    return this;
  }

  sends(what: string | number, special: Special = {}): void {
    const { sbc, settings } = this;
    const text = typeof what === 'number' ? this.response(what, special, false) : this.ask(what, special);
    sbc.receives(settings.peer, text);
  }

  gets(what: string | number, special: Special = {}): void {
    const { sbc, settings } = this;
    const text = typeof what === 'number' ? this.response(what, special, true) : this.isAsked(what, special);
    this.got.set(what, text);
    sbc.sends(settings.peer, text);
  }

  /** The same as the last time. */
  getsAgain(what: string | number): void {
    this.sbc.sends(this.settings.peer, this.got.get(what) ?? '');
  }

  private ask(method: string, special: Special): string {
    const { settings } = this;
    const number = special.number ?? this.numberFor(method);
    this.number = Math.max(this.number, number);
    this.numbers.set(method, number);
    const invite = inviteOf(this.asked, method);
    const branch = special.branch ?? (invite?.branch || `z9hG4bK-${settings.peer.name}-${number}-${method}`);
    const via = viaOf(settings.peer, false, branch);
    return this.request(this.asked, method, special, number, branch, via, {
      from: `${settings.self};tag=${settings.tag}`,
      to: settings.other,
      toTag: settings.otherTag,
      target: settings.otherContact,
      contact: settings.contact,
      maxForwards: 70,
      routes: settings.routes,
    });
  }

  private isAsked(method: string, special: Special): string {
    const { settings, far } = this;
    const invite = inviteOf(this.isAskedBy, method);
    const number = special.number ?? invite?.number ?? far.numbers.get(method) ?? 0;
    const placeholder = `⟨branch ${settings.peer.name} ${number} ${method}?⟩`;
    const branch = special.branch ?? (invite?.branch || placeholder);
    const via = viaOf(settings.peer, true, branch);
    return this.request(this.isAskedBy, method, special, number, branch, via, {
      from: `${settings.other};tag=${settings.otherTag}`,
      to: settings.self,
      toTag: settings.tag,
      target: settings.contact,
      contact: settings.otherContact,
      // RFC 3261 §9.1, §17.1.1.3: a CANCEL and an ACK of one hop are the SBC's own.
      maxForwards: invite === undefined ? 69 : 70,
      routes: settings.routesOfOther,
    });
  }

  private request(
    requests: Map<string, Asked>,
    method: string,
    special: Special,
    number: number,
    branch: string,
    via: string,
    usual: Usual,
  ): string {
    const invite = inviteOf(requests, method);
    const outside = special.outside ?? !this.dialog;
    if (!outside || MAKES_DIALOG.has(method)) this.dialog = true;
    const tag = special.toTag !== undefined ? special.toTag : outside ? null : usual.toTag;
    const above =
      invite !== undefined ? [] : outside ? this.outsideLines(method) : lines('Route', usual.routes);
    const uri = special.uri ?? invite?.uri ?? (outside ? this.settings.uri : usual.target);
    const head = [
      `${method} ${uri} SIP/2.0`,
      via,
      ...(special.above ?? above),
      `Max-Forwards: ${special.maxForwards ?? usual.maxForwards}`,
      `From: ${usual.from}`,
      invite === undefined ? `To: ${usual.to}${tag === null ? '' : `;tag=${tag}`}` : toOf(invite, method),
      `Call-ID: ${special.callId ?? this.settings.callId}`,
      `CSeq: ${number} ${method}`,
    ];
    const [from, to, callId] = head.slice(-4, -1);
    if (invite === undefined)
      requests.set(method, {
        branch,
        uri,
        via,
        from,
        to,
        callId,
        number,
        outside,
        routes: outside ? [] : (special.above ?? above),
        tag: '',
        final: 0,
      });
    head.push(...(invite?.routes ?? []));
    return complete(head, special, CREATES_DIALOG.has(method) ? usual.contact : null);
  }

  private response(status: number, special: Special, gets: boolean): string {
    const { settings } = this;
    const method = special.to ?? 'INVITE';
    const requests = gets ? this.asked : this.isAskedBy;
    const asked = requests.get(method === 'CANCEL' ? 'INVITE' : method);
    if (asked === undefined) throw new Error(`no ${method} to answer`);
    const tag = special.toTag !== undefined ? special.toTag : gets ? settings.otherTag : settings.tag;
    const to =
      asked.to.includes(';tag=') || status === 100 || tag === null ? asked.to : `${asked.to};tag=${tag}`;
    if (status > 100 && method !== 'CANCEL') {
      asked.final = status >= 200 ? status : 0;
      asked.tag = to;
    }
    const has = CREATES_DIALOG.has(method) && method !== 'NOTIFY' && status > 100 && status < 300;
    const head = [
      `SIP/2.0 ${status} ${special.reason ?? REASONS[status]}`,
      gets ? asked.via : answered(asked.via, settings.peer),
      ...(special.above ?? (has && asked.outside ? lines('Record-Route', settings.responseRecords) : [])),
      asked.from,
      to,
      asked.callId,
      `CSeq: ${asked.number} ${method}`,
    ];
    const target = gets ? settings.otherContact : settings.contact;
    return complete(head, special, has ? target : null);
  }

  private outsideLines(method: string): readonly string[] {
    const { requestRecords, requestRoutes = [] } = this.settings;
    if (!CREATES_DIALOG.has(method)) return [];
    return [...lines('Record-Route', requestRecords), ...lines('Route', requestRoutes)];
  }

  private numberFor(method: string): number {
    if (method === 'ACK' || method === 'CANCEL') return this.numbers.get('INVITE') ?? 1;
    return this.number + 1;
  }
}

/** The INVITE that a CANCEL, or the ACK of a refusal, belongs to (RFC 3261 §9.1, §17.1.1.3). */
function inviteOf(requests: Map<string, Asked>, method: string): Asked | undefined {
  const invite = requests.get('INVITE');
  if (method === 'CANCEL') return invite;
  return method === 'ACK' && invite !== undefined && invite.final >= 300 ? invite : undefined;
}

interface Usual {
  readonly from: string;
  readonly to: string;
  readonly toTag: string;
  readonly target: string;
  readonly contact: string;
  readonly maxForwards: number;
  readonly routes: readonly string[];
}

interface Asked {
  readonly branch: string;
  readonly uri: string;
  readonly via: string;
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly number: number;
  /** No dialog was there before. */
  readonly outside: boolean;
  /** Route lines, which CANCEL and the ACK of a refusal have, too. */
  readonly routes: readonly string[];
  /** The To line of its responses. */
  tag: string;
  /** Status of the final response. */
  final: number;
}

/** §17.1.1.3: To of the ACK is that of the response; §9.1: of the CANCEL that of the INVITE. */
function toOf(invite: Asked, method: string): string {
  return method === 'ACK' ? invite.tag : invite.to;
}

function lines(name: string, values: readonly string[]): string[] {
  return values.map((value) => `${name}: ${value}`);
}

function complete(head: readonly string[], special: Special, target: string | null): string {
  const contact = special.contact !== undefined ? special.contact : target === null ? null : `<${target}>`;
  const { body = '', type = 'application/sdp' } = special;
  return [
    ...head,
    ...(contact === null ? [] : [`Contact: ${contact}`]),
    ...(special.headers ?? []),
    ...(body === '' ? [] : [`Content-Type: ${type}`]),
    '',
    body,
  ].join('\n');
}

function viaOf({ flow }: Peer, fromSbc: boolean, branch: string): string {
  const sentBy = fromSbc ? flow.local.text : flow.remote.text;
  return `Via: SIP/2.0/${flow.transport.toUpperCase()} ${sentBy}${fromSbc ? ';rport' : ''};branch=${branch}`;
}

/** RFC 3581 §4. */
function answered(via: string, { flow }: Peer): string {
  return via.replace(';rport;', `;received=${flow.local.ip};rport=${flow.local.port};`);
}

const MAKES_DIALOG = new Set(['INVITE', 'SUBSCRIBE', 'REFER']);

/** RFC 3261 §12.1, RFC 6665 §4.1.2.1, RFC 3311 §5.1, RFC 3515 §2.2: these carry Contact. */
const CREATES_DIALOG = new Set(['INVITE', 'UPDATE', 'SUBSCRIBE', 'NOTIFY', 'REFER']);

const REASONS: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  181: 'Call Is Being Forwarded',
  183: 'Session Progress',
  200: 'OK',
  202: 'Accepted',
  301: 'Moved Permanently',
  302: 'Moved Temporarily',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  407: 'Proxy Authentication Required',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  416: 'Unsupported URI Scheme',
  420: 'Bad Extension',
  422: 'Session Interval Too Small',
  423: 'Interval Too Brief',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  482: 'Loop Detected',
  483: 'Too Many Hops',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  489: 'Bad Event',
  491: 'Request Pending',
  500: 'Server Internal Error',
  503: 'Service Unavailable',
  603: 'Decline',
};
