// The addresses of a call's messages → columns: which addresses are one box, how each box is called, and their order.
import type { Endpoint } from '../network/endpoint.ts';
import type { Aliases } from './alias.ts';
import { orderColumns } from './column-order.ts';
import type { Column } from './drawing.ts';
import type { FlowMessage, FlowStream } from './flow.ts';
import { homesOf } from './home.ts';

export class ColumnSet {
  readonly columns: readonly Column[];
  private readonly indexes = new Map<string, number>();
  private readonly mediaIndexes = new Map<string, number>();

  constructor(
    messages: readonly FlowMessage[],
    roles: ReadonlyMap<string, string>,
    aliases: Aliases | undefined,
    streams: readonly FlowStream[] = [],
  ) {
    const boxes = boxesOf(messages, roles, aliases);
    const order = orderColumns(messages, (endpoint) => boxes.get(endpoint.text)!);
    const media = mediaBoxes(streams, boxes, order, aliases);
    const columns: Column[] = [];
    for (const box of order) {
      const addresses = [...box.addresses];
      columns.push({ name: box.name, addresses, role: box.role ?? rolesOf(addresses, box, roles) });
      for (const address of addresses) this.indexes.set(address, columns.length - 1);
    }
    for (const [address, box] of media) this.mediaIndexes.set(address, order.indexOf(box));
    this.columns = columns;
  }

  /** Of an end of a stream. */
  indexOfMedia(endpoint: Endpoint): number {
    return this.mediaIndexes.get(endpoint.text)!;
  }

  indexOf(endpoint: Endpoint): number {
    return this.indexes.get(endpoint.text)!;
  }

  /** Of an `ip:port`; undefined when no message has it. */
  nameOf(address: string): string | undefined {
    const index = this.indexes.get(address);
    return index === undefined ? undefined : this.columns[index].name;
  }
}

interface Box {
  name: string;
  readonly ips: Set<string>;
  readonly addresses: Set<string>;
  /** Where no message tells it. */
  readonly role?: string;
}

function boxesOf(
  messages: readonly FlowMessage[],
  roles: ReadonlyMap<string, string>,
  aliases: Aliases | undefined,
): Map<string, Box> {
  const homes = homesOf(messages);
  const split = splitIps(messages, homes, roles);
  const byKey = new Map<string, Box>();
  const byAddress = new Map<string, Box>();
  for (const message of messages) {
    for (const endpoint of [message.src, message.dst]) {
      if (byAddress.has(endpoint.text)) continue;
      const home = homes.get(endpoint.text)!;
      const alias = aliases?.resolve(endpoint.ip, endpoint.port) ?? aliases?.resolve(home.ip, home.port);
      let name = alias?.name ?? endpoint.ip;
      // A port is shown only where one ip has several that are boxes of their own.
      if (alias?.box !== true && split.has(endpoint.ip))
        name = alias === undefined ? home.text : `${name}:${home.port}`;
      const key = `${alias === undefined ? 'ip' : 'name'} ${name}`;
      let box = byKey.get(key);
      if (box === undefined) {
        box = { name, ips: new Set(), addresses: new Set() };
        byKey.set(key, box);
      }
      box.ips.add(endpoint.ip);
      box.addresses.add(endpoint.text);
      byAddress.set(endpoint.text, box);
    }
  }
  return byAddress;
}

/**
 * By `ip:port`, the boxes at the ends of streams: where several share the ip, that which asked for media there. One that sends
 * nothing but media gets a column of its own, beside the box that spoke for it.
 */
function mediaBoxes(
  streams: readonly FlowStream[],
  boxes: ReadonlyMap<string, Box>,
  order: Box[],
  aliases: Aliases | undefined,
): Map<string, Box> {
  const media = new Map<string, Box>();
  const ends = streams.flatMap(({ src, dst, srcAsker, dstAsker }) => [
    { end: src, asker: srcAsker, other: dstAsker },
    { end: dst, asker: dstAsker, other: srcAsker },
  ]);
  for (const { end, asker, other } of ends) {
    if (media.has(end.text)) continue;
    const spokesman = boxes.get(asker?.text ?? '') ?? boxes.get(other?.text ?? '');
    const here = order.filter((box) => box.ips.has(end.ip));
    const name = aliases?.resolve(end.ip, end.port)?.name;
    let box =
      here.find((one) => one === boxes.get(asker?.text ?? '')) ??
      here[0] ??
      order.find((one) => one.name === name);
    if (box === undefined) {
      box = { name: name ?? end.ip, ips: new Set(), addresses: new Set(), role: 'media' };
      order.splice(spokesman === undefined ? order.length : order.indexOf(spokesman) + 1, 0, box);
    }
    if (box.role === 'media') {
      box.ips.add(end.ip);
      box.addresses.add(end.text);
    }
    media.set(end.text, box);
  }
  return media;
}

/** The ips whose ports are different boxes. */
function splitIps(
  messages: readonly FlowMessage[],
  homes: ReadonlyMap<string, Endpoint>,
  roles: ReadonlyMap<string, string>,
): Set<string> {
  const split = new Set<string>();
  const origins = new Map<string, Endpoint>();
  const roleOf = new Map<string, string>();
  for (const message of messages) {
    const src = homes.get(message.src.text)!;
    const dst = homes.get(message.dst.text)!;
    // A box does not send to itself over the network.
    if (src.ip === dst.ip && src !== dst) split.add(src.ip);
    if (message.status === 0) {
      // Nor does it get back the request it sent: behind one address translator are two boxes. A proxy with two ports
      // gets the request first and sends it on after.
      const transaction = `${message.cseqNumber} ${message.method}`;
      const back = origins.get(`${dst.ip} ${transaction}`);
      if (back !== undefined && back !== dst) split.add(dst.ip);
      const origin = `${src.ip} ${transaction}`;
      if (!origins.has(origin)) origins.set(origin, src);
      const arrival = `${dst.ip} ${transaction}`;
      if (!origins.has(arrival)) origins.set(arrival, dst);
    }
    for (const home of [src, dst]) {
      const role = roles.get(home.text) ?? '';
      const known = roleOf.get(home.ip) ?? '';
      if (role !== '' && known !== '' && role !== known) split.add(home.ip);
      if (role !== '') roleOf.set(home.ip, role);
    }
  }
  return split;
}

function rolesOf(addresses: readonly string[], box: Box, roles: ReadonlyMap<string, string>): string {
  const found = new Set<string>();
  for (const address of addresses) found.add(roles.get(address) ?? '');
  if (found.size === 1 && found.has('')) for (const ip of box.ips) found.add(roles.get(ip) ?? '');
  found.delete('');
  return [...found].join(', ');
}
