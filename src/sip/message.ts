// A SIP message over its octets (RFC 3261 §7): what the scan found, where and when it was seen, and the header values,
// parsed when asked for. A message is a view, valid as long as its payload is; `keep()` gives one that owns its octets.
import type { Diagnostic } from '../capture/diagnostic.ts';
import type { Endpoint } from '../network/endpoint.ts';
import type { Passage } from '../network/passage.ts';
import type { Payload, Transport } from '../network/payload.ts';
import { type MediaType, parseMediaType } from './body/media-type.ts';
import { leafParts, type MimeBody, type MimePart, parseBody } from './body/multipart.ts';
import { diagnoseMessage } from './diagnose/diagnose.ts';
import { HEADER, type HeaderId, isCommaList } from './header/header-names.ts';
import { parseVia, type Via } from './header/via.ts';
import { METHODS } from './method.ts';
import { remembered } from './remembered.ts';
import { COLUMNS, ScannedMessage, scanFragment, scanMessage } from './scan.ts';
import { listItems } from './text/delimited.ts';
import { unfold } from './text/folding.ts';
import { type NameAddr, parseNameAddr } from './uri/name-addr.ts';
import { parseUri, type SipUri } from './uri/uri.ts';

export class SipMessage extends ScannedMessage {
  frame = 0;
  frames: readonly number[] | null = null;
  seconds = 0;
  nanoseconds = 0;
  src: Endpoint = NOWHERE;
  dst: Endpoint = NOWHERE;
  transport: Transport = 'udp';
  duplicateOf = 0;
  /** Through which tunnels it came, or which agent mirrored it; null when it came by itself. */
  passage: Passage | null = null;
  /** The capture cut the message short. */
  truncated = false;
  /** The kind of its session description, where another thread noted it; else 0. And the port of its media. */
  sessionKind = 0;
  sessionPort = 0;

  /** A bit for each header that is there, shared by those 32 apart; 0 as long as nobody asked. */
  private present = 0;
  private strings: CoreStrings | null = null;
  private cache: ParsedFields | null = null;

  /** Reads another payload into this object; false when it has no start line of SIP. */
  read(payload: Payload): boolean {
    this.frame = payload.frame;
    this.frames = payload.frames;
    this.seconds = payload.seconds;
    this.nanoseconds = payload.nanoseconds;
    this.src = payload.src;
    this.dst = payload.dst;
    this.transport = payload.transport;
    this.duplicateOf = payload.duplicateOf;
    this.passage = payload.passage;
    this.truncated = payload.truncated;
    this.forget();
    return scanMessage(this, payload.data, payload.start, payload.end);
  }

  /** Before other octets are put under it: what was parsed of the old ones counts no more. */
  forget(): void {
    this.present = 0;
    this.strings = null;
    this.cache = null;
  }

  /** The same message, owning its octets (and those that trail it). */
  keep(): SipMessage {
    const kept = new SipMessage();
    kept.frame = this.frame;
    kept.frames = this.frames;
    kept.seconds = this.seconds;
    kept.nanoseconds = this.nanoseconds;
    kept.src = this.src;
    kept.dst = this.dst;
    kept.transport = this.transport;
    kept.duplicateOf = this.duplicateOf;
    kept.passage = this.passage;
    kept.truncated = this.truncated;
    // To scan again is cheaper than to move some thirty offsets one by one, and the table comes out at its size.
    kept.table = new Int32Array(this.headerCount * COLUMNS);
    const octets = Buffer.allocUnsafeSlow(this.limit - this.start);
    this.data.copy(octets, 0, this.start, this.limit);
    scanFragment(kept, octets, 0, octets.length);
    kept.flags = this.flags;
    return kept;
  }

  /** The octets of the message as they were received. */
  bytes(): Buffer {
    return this.data.subarray(this.start, this.end);
  }

  // Start line (RFC 3261 §7.1, §7.2).

  /** As spelled; '' for responses. */
  get method(): string {
    return METHODS[this.methodId] || this.text(this.methodStart, this.methodEnd);
  }

  /** As spelled, white space in it included; '' for responses. */
  get requestUri(): string {
    return this.text(this.uriStart, this.uriEnd);
  }

  get reason(): string {
    return this.text(this.reasonStart, this.reasonEnd);
  }

  /** `SIP/2.0`; '' when the line has none. */
  get version(): string {
    return this.text(this.versionStart, this.versionEnd);
  }

  get uri(): SipUri {
    const fields = this.fields();
    fields.uri ??= uriOf(this.requestUri);
    return fields.uri;
  }

  // What correlates messages; '' when absent.

  get callId(): string {
    this.strings ??= new CoreStrings();
    this.strings.callId ??= this.text(this.callIdStart, this.callIdEnd);
    return this.strings.callId;
  }

  get branch(): string {
    this.strings ??= new CoreStrings();
    this.strings.branch ??= this.text(this.branchStart, this.branchEnd);
    return this.strings.branch;
  }

  get fromTag(): string {
    this.strings ??= new CoreStrings();
    this.strings.fromTag ??= this.text(this.fromTagStart, this.fromTagEnd);
    return this.strings.fromTag;
  }

  get toTag(): string {
    this.strings ??= new CoreStrings();
    this.strings.toTag ??= this.text(this.toTagStart, this.toTagEnd);
    return this.strings.toTag;
  }

  get cseqMethod(): string {
    return METHODS[this.cseqMethodId] || this.text(this.cseqMethodStart, this.cseqMethodEnd);
  }

  // The header table: rows in the order received.

  /** Where the line of this header begins, in `data`. */
  headerStart(row: number): number {
    return this.table[row * COLUMNS + 1];
  }

  /** 0 when the header is not registered. */
  headerId(row: number): HeaderId {
    return this.table[row * COLUMNS];
  }

  /** As spelled; of a line without a colon the whole line. */
  headerName(row: number): string {
    return this.text(this.table[row * COLUMNS + 1], this.table[row * COLUMNS + 2]);
  }

  /** Trimmed, folding undone. */
  headerValue(row: number): string {
    return unfold(this.text(this.table[row * COLUMNS + 3], this.table[row * COLUMNS + 4]));
  }

  /** The octets from the name to before the line end, folding and all. */
  headerRaw(row: number): Buffer {
    return this.data.subarray(this.table[row * COLUMNS + 1], this.table[row * COLUMNS + 5]);
  }

  /** The first row of this header at or after `from`, -1 when there is none. */
  find(id: HeaderId, from = 0): number {
    const { table, headerCount } = this;
    if (this.present === 0) this.present = presentIn(table, headerCount);
    // Most of what is asked for is not there.
    if ((this.present & (1 << (id & 31))) === 0) return -1;
    for (let row = from; row < headerCount; row++) if (table[row * COLUMNS] === id) return row;
    return -1;
  }

  /** The first row of a header by name, also of one that is not registered; -1 when there is none. */
  findName(name: string, from = 0): number {
    const wanted = name.toLowerCase();
    const octets = Buffer.byteLength(name);
    const { table, headerCount } = this;
    for (let row = from; row < headerCount; row++) {
      const at = row * COLUMNS;
      // RFC 3261 §25.1: names are ASCII, so that case changes no length.
      if (table[at + 2] - table[at + 1] === octets && this.headerName(row).toLowerCase() === wanted)
        return row;
    }
    return -1;
  }

  /** The whole value of the first row of this header. */
  value(id: HeaderId): string | undefined {
    const row = this.find(id);
    return row < 0 ? undefined : this.headerValue(row);
  }

  /** All values of this header; rows are cut at commas only where the header is a list (RFC 3261 §7.3.1). */
  values(id: HeaderId): string[] {
    const values: string[] = [];
    for (let row = this.find(id); row >= 0; row = this.find(id, row + 1)) {
      if (isCommaList(id)) values.push(...listItems(this.headerValue(row)));
      else values.push(this.headerValue(row));
    }
    return values;
  }

  // Parsed header values.

  get from(): NameAddr | undefined {
    const fields = this.fields();
    if (this.fromRow >= 0) fields.from ??= addressOf(this.headerValue(this.fromRow));
    return fields.from;
  }

  get to(): NameAddr | undefined {
    const fields = this.fields();
    if (this.toRow >= 0) fields.to ??= addressOf(this.headerValue(this.toRow));
    return fields.to;
  }

  /** Topmost first. */
  get vias(): readonly Via[] {
    const fields = this.fields();
    fields.vias ??= this.values(HEADER.Via).map(viaOf);
    return fields.vias;
  }

  /** `'*'` is the Contact of a REGISTER that removes all bindings (RFC 3261 §10.2.2). */
  get contacts(): readonly NameAddr[] | '*' {
    const fields = this.fields();
    if (fields.contacts === undefined) {
      const values = this.values(HEADER.Contact);
      fields.contacts = values.length === 1 && values[0] === '*' ? '*' : values.map(addressOf);
    }
    return fields.contacts;
  }

  get routes(): readonly NameAddr[] {
    return this.addresses(HEADER.Route);
  }

  get recordRoutes(): readonly NameAddr[] {
    return this.addresses(HEADER['Record-Route']);
  }

  /** The values of any header whose values are addresses: Path, P-Asserted-Identity, Diversion, Refer-To … */
  addresses(id: HeaderId): readonly NameAddr[] {
    // Nothing is noted of a header that is not there.
    if (this.find(id) < 0) return NO_ADDRESSES;
    const fields = this.fields();
    fields.addresses ??= new Map();
    let list = fields.addresses.get(id);
    if (list === undefined) {
      list = this.values(id).map(addressOf);
      fields.addresses.set(id, list);
    }
    return list;
  }

  // Body (RFC 3261 §7.4).

  get body(): Buffer {
    return this.data.subarray(this.bodyStart, this.bodyEnd);
  }

  get contentType(): MediaType | undefined {
    const fields = this.fields();
    const value = fields.contentType === undefined ? this.value(HEADER['Content-Type']) : undefined;
    if (value !== undefined) fields.contentType = mediaTypeOf(value);
    return fields.contentType;
  }

  /** The parts of a multipart body, nested ones within; of any other body one part, of no body none. */
  parts(): readonly MimePart[] {
    return this.mime().parts;
  }

  /** The same with what is wrong with its structure. */
  mime(): MimeBody {
    const fields = this.fields();
    fields.mime ??= parseBody(this.data, this.bodyStart, this.bodyEnd, this.contentType ?? NO_TYPE);
    return fields.mime;
  }

  /** Where the first session description lies in `data`, also within a multipart body. */
  sdpBody(): { start: number; end: number } | undefined {
    const fields = this.fields();
    if (fields.sdp === undefined) {
      const part = leafParts(this.parts()).find(({ contentType }) => contentType.name === 'application/sdp');
      fields.sdp = part === undefined ? null : { start: part.start, end: part.end };
    }
    return fields.sdp ?? undefined;
  }

  /** Everything wrong with the message, worked out once and only when asked for. */
  diagnose(): readonly Diagnostic[] {
    const fields = this.fields();
    fields.diagnostics ??= diagnoseMessage(this);
    return fields.diagnostics;
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.diagnose();
  }

  private text(start: number, end: number): string {
    return start < 0 || start >= end ? '' : (this.data as SlicedBuffer).utf8Slice(start, end);
  }

  private fields(): ParsedFields {
    this.cache ??= new ParsedFields();
    return this.cache;
  }
}

function presentIn(table: Int32Array, headerCount: number): number {
  let present = 0;
  for (let row = 0; row < headerCount; row++) present |= 1 << (table[row * COLUMNS] & 31);
  return present;
}

class CoreStrings {
  callId: string | null = null;
  branch: string | null = null;
  fromTag: string | null = null;
  toTag: string | null = null;
}

class ParsedFields {
  uri: SipUri | undefined = undefined;
  from: NameAddr | undefined = undefined;
  to: NameAddr | undefined = undefined;
  vias: readonly Via[] | undefined = undefined;
  contacts: readonly NameAddr[] | '*' | undefined = undefined;
  addresses: Map<HeaderId, readonly NameAddr[]> | undefined = undefined;
  sdp: { start: number; end: number } | null | undefined = undefined;
  contentType: MediaType | undefined = undefined;
  mime: MimeBody | undefined = undefined;
  diagnostics: readonly Diagnostic[] | undefined = undefined;
}

/** Half the cost of toString(); every Buffer of Node has it, though its documentation does not. */
interface SlicedBuffer extends Buffer {
  utf8Slice(start: number, end: number): string;
}

const addressOf = remembered(parseNameAddr);
const viaOf = remembered(parseVia);
// RFC 4475 §3.1.2.7: brackets around it are an error that can be seen past.
const uriOf = remembered((text) => parseUri(text.replace(/^<(.*)>$/s, '$1')));
const mediaTypeOf = remembered(parseMediaType);
const NO_TYPE = parseMediaType('');
const NO_ADDRESSES: readonly NameAddr[] = [];
const NOWHERE: Endpoint = { ip: '0.0.0.0', port: 0, text: '0.0.0.0:0', version: 4 };
