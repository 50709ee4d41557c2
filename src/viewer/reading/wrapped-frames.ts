// Calls that came inside of TLS or of a WebSocket → all packets of their connections, which are needed to read them again.
import { WrappedConnections } from '../../dialog/wrapped-connections.ts';
import { readCaptures } from '../../pipeline.ts';

/** Reads the captures twice more. */
export async function wrappedFrames(inputs: readonly string[], ids: ReadonlySet<number>): Promise<number[]> {
  const connections = new WrappedConnections();
  await readCaptures({
    inputs,
    onMessage: (message, { call }) => connections.message(message, call),
    onCall: (call) => connections.call(call, ids.has(call.id)),
  });
  const frames: number[] = [];
  await readCaptures({
    inputs,
    onPacket(packet) {
      if (connections.carries(packet)) frames.push(packet.frame);
    },
  });
  return frames;
}
