// The scenarios that SIPp has in itself, all played live at the same time and recorded: what the audit says of each was looked at
// and is true.
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { freePort } from './free-port.ts';
import { judgedCaptures } from './judged.ts';
import type { ProcessGroup } from './process-group.ts';
import { peerTest } from './programs.ts';
import { inScene } from './scene.ts';
import { Sipp, type SippOptions } from './sipp.ts';
import { Tcpdump } from './tcpdump.ts';

peerTest(['sipp', 'tcpdump', 'sipsak'], 'SIPp’s own scenarios', async () => {
  const played = await inScene(async (group, folder) => {
    // uac_pcap plays from there.
    symlinkSync('/usr/share/sip-tester', join(folder, 'pcap'));
    return Promise.all(
      Object.entries(SCENES).map(async ([name, play], index) => {
        const scene = new Scene(group, folder, name, `127.8.${index + 1}`);
        return [name, await scene.recorded(play)];
      }),
    );
  });
  expect(Object.fromEntries(played)).toEqual({
    uac: { failed: [], findings: [CONTACT, ...UNLISTED].sort(), unpaired: 0 },
    uac_pcap: {
      failed: [],
      // It plays PCMA to a callee that answered PCMU and sends nothing.
      findings: [
        '1 × nat/one-way-audio: N packets of audio went to host 1 within N s, and none to host 2',
        CONTACT,
        ...UNLISTED,
        '4 × sdp/no-common-codec: No codec of m=audio is common: offered PCMA/8000 telephone-event/8000, answered PCMU/8000',
      ].sort(),
      unpaired: 0,
    },
    regexp: { failed: [], findings: [CONTACT, ...UNLISTED].sort(), unpaired: 0 },
    // One of the calls is answered; the others are refused, and ended by a BYE all the same.
    branch: {
      failed: [],
      findings: [
        '1 × dialog/ack-malformed: ACK to 200 goes to sip:ua2@CA.cym.com, the Contact of its peer is sip:host 1;transport=UDP',
        '1 × message/mandatory-header: 200 to INVITE does not list Allow, Supported',
        '4 × dialog/target-or-route-wrong: BYE goes to sip:ua2@CA.cym.com, the Contact of its peer is sip:host 1;transport=UDP',
        CONTACT,
        '4 × message/mandatory-header: INVITE does not list Allow, Supported',
        '4 × message/max-forwards: REGISTER has no Max-Forwards',
      ].sort(),
      unpaired: 0,
    },
    '3pcc': {
      failed: [],
      // What one side offers is handed to the other with an empty line behind it.
      findings: [
        '4 × message/content-length: Line ends follow the body that Content-Length ends',
        CONTACT,
        ...UNLISTED,
      ].sort(),
      unpaired: 0,
    },
    ooc: {
      failed: [],
      // The answer that SIPp has for it copies To and Via as they came (RFC 3261 §8.2.6.2, RFC 3581 §4).
      findings: [
        '1 × message/mandatory-header: 200 to OPTIONS does not list Accept, Allow, Supported',
        '1 × message/tags: To of 200 to OPTIONS has no tag',
        '1 × nat/received-rport: rport was asked for, and the server does not know it',
        CONTACT,
        ...UNLISTED,
      ].sort(),
      unpaired: 0,
    },
  });
});

/** Who plays what in each; gives what did not go as SIPp expects. */
const SCENES: Readonly<Record<string, (scene: Scene) => Promise<string[]>>> = {
  uac: (scene) => scene.call('uas', 'uac'),
  uac_pcap: (scene) => scene.call('uas', 'uac_pcap'),
  regexp: (scene) => scene.call('uas', 'regexp'),
  branch: (scene) => scene.call('branchs', 'branchc'),
  // RFC 3725: a controller calls both.
  async '3pcc'(scene) {
    const [a, b] = await Promise.all([scene.start('3pcc-A', 1), scene.start('3pcc-B', 2)]);
    const twin = ['-3pcc', `${scene.address(3)}:${freePort()}`];
    await scene.start('3pcc-C-B', 3, { to: b, args: twin });
    // The other one ends with it.
    return (await scene.start('3pcc-C-A', 4, { to: a, args: twin })).failure();
  },
  // A request that belongs to no call.
  async ooc(scene) {
    const callee = await scene.start('uas', 1);
    const caller = await scene.start('uac', 2, { to: callee, args: ['-oocsn', 'ooc_default'], pause: 1500 });
    const stranger = scene.group.start('sipsak', 'sipsak', [
      '-s',
      `sip:a@${scene.address(2)}:${caller.port}`,
    ]);
    // SIPp logs what it does not expect, and answers it.
    const codes = [await stranger.ended, await caller.running.ended];
    return codes.flatMap((code) => (code === 0 ? [] : [`ended with ${code}`]));
  },
};

class Scene {
  readonly group: ProcessGroup;
  private readonly folder: string;
  private readonly name: string;
  private readonly network: string;

  constructor(group: ProcessGroup, folder: string, name: string, network: string) {
    this.group = group;
    this.folder = folder;
    this.name = name;
    this.network = network;
  }

  address(host: number): string {
    return `${this.network}.${host}`;
  }

  async call(server: string, client: string): Promise<string[]> {
    const callee = await this.start(server, 1);
    return (await this.start(client, 2, { to: callee })).failure();
  }

  start(
    scenario: string,
    host: number,
    { to, ...more }: Pick<SippOptions, 'args' | 'pause'> & { to?: Sipp } = {},
  ): Promise<Sipp> {
    const ip = this.address(host);
    return Sipp.start(this.group, this.folder, {
      ...{ name: `${this.name}-${host}`, scenario, own: true, ip, calls: 4, rate: 20 },
      ...(to !== undefined && { to: `${to.ip}:${to.port}` }),
      ...more,
    });
  }

  async recorded(play: (scene: Scene) => Promise<string[]>) {
    const path = join(this.folder, `${this.name}.pcap`);
    const tcpdump = await Tcpdump.start(this.group, path, `${this.network}.0/24`);
    const failed = await play(this);
    await tcpdump.end();
    const { findings, unpaired } = await judgedCaptures([path], null);
    const plain = findings.map((text) =>
      text
        .replace(/127\.8\.\d+\.(\d+):\d+/g, 'host $1')
        .replace(/\d+ packets of audio/, 'N packets of audio')
        .replace(/within [\d.]+ s/, 'within N s'),
    );
    return { failed, findings: plain.sort(), unpaired };
  }
}

/** RFC 3261 §20, table 2: `-`. */
const CONTACT = '4 × message/header-not-applicable: BYE carries Contact, which it has no use for';
/** RFC 3261 §13.2.1 and §13.3.1.4 advise them. */
const UNLISTED = [
  '4 × message/mandatory-header: INVITE does not list Allow, Supported',
  '4 × message/mandatory-header: 200 to INVITE does not list Allow, Supported',
];
