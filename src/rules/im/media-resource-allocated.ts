// Cisco IM, SIP Instant Messaging and SDP Handling: IM dialogs get no bandwidth, no gates or pinholes, and no transcoder.

import { anyHas } from '../../policy/address-range.ts';
import { isMsrp } from '../../sdp/instant-message.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { factEvidence, sdpEvidence, startLineEvidence } from '../evidence.ts';
import type { CrossedSdp } from '../facts/crossed-sdp.ts';
import type { Crossing } from '../facts/crossing.ts';
import { CrossingRef, LegRef } from '../facts/crossing-ref.ts';
import type { LegFacts } from '../facts/leg-facts.ts';
import { RecentMap } from '../facts/recent-map.ts';
import { diffSdp, lineText } from '../facts/sdp-diff.ts';
import { graded } from '../facts/verdict.ts';
import { defineRule } from '../rule.ts';

export default defineRule({
  meta: {
    id: 'im/media-resource-allocated',
    severity: 'error',
    scope: 'call',
    tier: 1,
    since: '0.2.0',
    twoSided: true,
    needsPackets: true,
    summary:
      'The controller sets up nothing for the media of an IM dialog: no b=, no relay port, no transcoder.',
    why: 'Message sessions use up bandwidth and ports that calls need: at the limit of admission calls fail for messages.',
    exceptions: [
      'c= rewritten for privacy, with port 5060.',
      'b= that came with the offer and goes on unchanged.',
      'MSRP, whose lines stand for a connection.',
      'Packets to the port where the user takes SIP.',
    ],
    fix: 'Exempt IM from media relay and from bandwidth of the CAC table.',
    sources: [
      {
        document: 'Cisco IM',
        section: 'SIP Instant Messaging',
        says: 'no bandwidth is allocated to IM dialogs',
      },
      {
        document: 'Cisco IM',
        section: 'SDP Handling for SIP Instant Messaging',
        says: 'no gates or media pinholes',
      },
      {
        document: 'Cisco IM',
        section: 'Miscellaneous SDP Handling',
        says: 'never an attempt to bring in a transcoder',
      },
    ],
    messages: {
      media: '{packets} packets went from {from} to {to} of an IM description',
      bandwidth: 'the controller put {lines} into an IM description',
      relay: 'm={media} of port {before} went on with port {after} at {address}: a relay',
      transcoder: 'the box called {to} with media for an IM dialog (Session-ID {id})',
    },
  },
  create: ({ report, media }) => {
    const dialogs = new RecentMap<string, CrossingRef>(MAX_REMEMBERED);
    const others = new RecentMap<string, LegRef>(MAX_REMEMBERED);
    return {
      leg(leg) {
        const id = sessionId(leg);
        const sdp = leg.initial?.request?.sdp;
        if (id === undefined || sdp === undefined || sdp.kind() !== 'media') return;
        others.set(id, new LegRef(leg));
      },
      crossing(crossing) {
        if (!crossing.judged) return;
        for (const crossed of crossing.descriptions) {
          if (crossed.received.kind() === 'im' && crossed.sent !== undefined) look(crossing, crossed);
        }
        tellMedia(crossing);
        const id = sessionId(crossing.a);
        if (id !== undefined && crossing.initial?.received.request?.sdp?.kind() === 'im')
          dialogs.set(id, new CrossingRef(crossing));
      },
      end() {
        for (const [id, dialog] of dialogs) {
          const other = others.get(id);
          if (other === undefined || other.leg === dialog.a.leg || other.leg === dialog.b?.leg) continue;
          const crossing = dialog.facts;
          const { leg, initial } = other.facts;
          if (!crossing.isLocal(leg.from.ip)) continue;
          report({
            message: 'transcoder',
            data: { to: leg.to.text, id },
            at: [initial!.request!, crossing.initial!.received.request!],
            evidence: [startLineEvidence(initial!.request!)],
            crossing,
            ...graded('error', crossing.controller),
          });
        }
      },
    };

    /** Packets from the box to an address that an IM description asks for. */
    function tellMedia(crossing: Crossing): void {
      if (!media.active || crossing.b === null) return;
      const told = new Set<string>();
      for (const { received, fromCaller } of crossing.descriptions) {
        const sip = crossing.out(!fromCaller)!.peer.port;
        for (const { address, port } of received.kind() === 'im'
          ? received.media.filter((one) => !isMsrp(one))
          : []) {
          // There the user takes SIP, as the examples of the chapter have it.
          if (!(port > 0) || port === 5060 || port === 5061 || port === sip || told.has(`${address} ${port}`))
            continue;
          for (const { leg } of [crossing.a, crossing.b]) {
            const seen = media.of(leg.call.id, address, port)?.to;
            const from = [...(seen?.others ?? [])].find((text) => crossing.isLocal(hostOf(text)));
            if (seen === undefined || from === undefined || seen.packets < FEWEST) continue;
            told.add(`${address} ${port}`);
            report({
              message: 'media',
              data: { packets: seen.packets, from, to: `${address}:${port}` },
              at: received.message,
              evidence: [factEvidence(seen.frame, 'packet', 'packets of media', String(seen.packets))],
              frames: [seen.frame],
              crossing,
              ...graded('error', crossing.controller),
            });
          }
        }
      }
    }

    function look(crossing: Crossing, { received, sent, message, fromCaller }: CrossedSdp): void {
      const diff = diffSdp(received, sent!);
      const bandwidth = diff?.come.filter(({ type }) => type === 'b') ?? [];
      if (bandwidth.length > 0)
        report({
          message: 'bandwidth',
          data: { lines: bandwidth.map((line) => lineText(sent!, line)).join(', ') },
          at: [message, received.message],
          evidence: bandwidth.map((line) => sdpEvidence(sent!, line)),
          crossing,
          ...graded('error', crossing.controller),
        });
      const privacy = crossing.privacy(fromCaller);
      if (privacy.holds) return;
      const { media: relays } = crossing.world.policy.networks;
      for (const [index, before] of received.media.entries()) {
        const after = sent!.media[index];
        if (after === undefined || isMsrp(before) || before.rejected || after.rejected) continue;
        const { address } = after;
        const relayed = crossing.isLocal(address) || anyHas(relays, address);
        if (!relayed || after.port === before.port || before.address === address) continue;
        report({
          message: 'relay',
          data: { media: after.media, before: before.port, after: after.port, address },
          at: [message, received.message],
          evidence: [sdpEvidence(sent!, after.line), sdpEvidence(received, before.line)],
          crossing,
          ...graded('error', privacy, crossing.controller),
        });
      }
    }
  },
});

/** What ties the legs of one communication together (RFC 7989; Cisco-Guid before it). */
function sessionId({ initial }: LegFacts): string | undefined {
  const sip = initial?.request?.sip;
  const value = sip?.value(HEADER['Session-ID']);
  if (value !== undefined) {
    const id = value.split(';')[0]!.trim().toLowerCase();
    return /^0*$/.test(id) ? undefined : id;
  }
  const row = sip === undefined ? -1 : sip.findName('Cisco-Guid');
  return row < 0 ? undefined : sip!.headerValue(row);
}

function hostOf(text: string): string {
  return text.slice(0, text.lastIndexOf(':'));
}

/** Packets that are no accident. */
const FEWEST = 10;
const MAX_REMEMBERED = 1000;
