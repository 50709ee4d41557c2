// Fields of how a packet or message came: packet.tunnel and packet.agent, which are our own, hep and what it says. Wireshark has no
// dissector for HEP: the names are those of the one that SIPCAPTURE makes for it.
import type { HepFacts } from '../network/passage.ts';
import type { Facts, Field, FieldType, Value } from './field.ts';

export const PASSAGE_FIELDS: readonly Field[] = [
  field(
    'packet.tunnel',
    'text',
    'the tunnels it came through, outermost first',
    ({ packet, message }, out) => {
      pushTold(packet?.tunnel, message?.passage?.tunnel, out);
    },
  ),
  field('packet.agent', 'number', 'capture agent that mirrored it by HEP, of any version', (facts, out) =>
    pushTold(agentOf(facts), facts.message?.passage?.hep?.agent, out),
  ),
  field('hep', 'presence', 'was mirrored by HEP', ({ packet, message }, out) => {
    if (HEP.test(packet?.tunnel ?? '') || (message?.passage?.hep ?? null) !== null) out.push(true);
  }),
  told('hep2.capture_id', 'number', 'capture agent that mirrored it by HEP version 2', (hep) =>
    hep.version === 2 ? hep.agent : null,
  ),
  told('hep3.capture_id', 'number', 'capture agent that mirrored it by HEP version 3', (hep) =>
    hep.version === 3 ? hep.agent : null,
  ),
  told('hep3.correlation_id', 'text', 'correlation ID that the agent gave it', (hep) => hep.correlationId),
  told('hep3.group_id', 'text', 'name of the agent', (hep) => hep.node),
];

/** Of messages: of a packet those in it say it. */
function told(
  name: string,
  type: FieldType,
  about: string,
  value: (hep: HepFacts) => string | number | null,
): Field {
  return field(name, type, about, ({ message }, out) => {
    const hep = message?.passage?.hep ?? null;
    const said = hep === null ? null : value(hep);
    if (said !== null && said !== '') out.push(said);
  });
}

/** What a packet says, and the message in it, which is more where a stream carried it. */
function pushTold(
  packet: string | number | null | undefined,
  message: string | number | null | undefined,
  out: Value[],
): void {
  if (packet !== null && packet !== undefined) out.push(packet);
  if (message !== null && message !== undefined && message !== packet) out.push(message);
}

function agentOf({ packet }: Facts): number | null {
  const agent = HEP_AGENT.exec(packet?.tunnel ?? '');
  return agent === null ? null : Number(agent[1]);
}

/** What carries a packet's SIP is known of its messages. */
function field(name: string, type: FieldType, about: string, read: Field['read']): Field {
  return { name, type, level: 'message', about, read };
}

/** network/tunnel/tunnel-path.ts says what tunnels look like. */
const HEP = /(?:^|\/ )hep /;
const HEP_AGENT = /(?:^|\/ )hep \S+ agent (\d+)/;
