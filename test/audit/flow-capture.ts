// Captures made of the flows that rules are tested with, so that what an audit must find in them is known.
import { type Edit, editFlow } from '../../src/rules/case/edit.ts';
import { flowOctets, parseFlow } from '../../src/rules/case/flow.ts';
import { pcapHeader, pcapRecord } from '../capture/build.ts';
import { datagram } from '../cli/captures.ts';
import { flow } from '../rules/flow-files.ts';

/** A classic pcap of a flow by name, a packet a message; IPv4 and UDP only. */
export function flowCapture(name: string, edits: readonly Edit[] = []): Buffer {
  const records = editFlow(parseFlow(flow(name)), edits).map((message) => {
    const [src = '', sourcePort] = message.src.split(':');
    const [dst = '', destinationPort] = message.dst.split(':');
    const ends = { src, dst, sourcePort: Number(sourcePort), destinationPort: Number(destinationPort) };
    const seconds = START + Math.floor(message.seconds);
    const fraction = Math.round((message.seconds % 1) * 1e6);
    return pcapRecord(datagram(flowOctets(message), ends), { seconds, fraction });
  });
  return Buffer.concat([pcapHeader(), ...records]);
}

/** 2026-01-05T10:00:00Z. */
const START = 1767607200;
