// The modes below `adjacency sip NAME` and `adjacency h323 NAME`.
//
// Where the commands are from. Command Reference: "Cisco Unified Border Element (SP Edition) Command Reference: Unified
// Model", by the file of the edition that lists them (sbcu_a1: account … cost, sbcu_h1: h225 … overload-time-threshold,
// sbcu_p1: packetcable-em … service). Template: public repositories that print such configurations, with the arguments as
// they are used; they are the source for what begins with s (signaling-…), whose chapter could not be read. A command of
// which only the name is known from there, not its arguments, takes the arguments that are usual for it and is listed as not
// understood with any other.
import { type AddressRange, parseRange } from './address-range.ts';
import { addressCommands } from './cisco-address.ts';
import { OTHER_COMMANDS } from './cisco-adjacency-rest.ts';
import { beyond, type Command, irrelevant, MOST, type Mode, TOO_MANY } from './cisco-command.ts';
import type { CiscoAdjacency } from './cisco-sbc.ts';

export function adjacencyMode(adjacency: CiscoAdjacency, registrars: AddressRange[]): Mode {
  const what = `adjacency ${adjacency.h323 ? 'h323' : 'sip'} ${adjacency.name}`;
  return {
    what,
    commands: [
      ...addressCommands(adjacency),
      ...behaviourCommands(adjacency),
      ...registrationCommands(adjacency, registrars),
      ...OTHER_COMMANDS,
    ],
  };
}

// The chapter on SIP instant messaging: `passthrough header record-route`. Command Reference: `media-late-to-early-iw`
// (sbcu_h1; Template: `incoming`, `outgoing`; the chapter on late-to-early media: for calls made to and from the
// adjacency), `security` (sbcu_p1; its values were in nothing that could be read), `inherit profile` (sbcu_h1; Template:
// `preset-peering`). `privacy trusted`: Template of a successor of this SBC.
function behaviourCommands(adjacency: CiscoAdjacency): Command[] {
  return [
    {
      form: 'passthrough header record-route',
      apply: (_, no) => {
        adjacency.passthrough = !no;
        return { meaning: `Record-Route passthrough ${no ? 'off' : 'on'}` };
      },
    },
    {
      form: 'media-late-to-early-iw incoming',
      apply: (_, no) => {
        adjacency.lateEarlyIncoming = !no;
        return { meaning: 'late to early media for calls that come in here' };
      },
    },
    {
      form: 'media-late-to-early-iw outgoing',
      apply: (_, no) => {
        adjacency.lateEarlyOutgoing = !no;
        return { meaning: 'late to early media for calls that leave here' };
      },
    },
    {
      form: 'security',
      apply: ([value = ''], no) => {
        if (!/^(un)?trusted(-(un)?encrypted)?$/.test(value) && !no)
          return {
            reason: 'expected trusted-encrypted, trusted-unencrypted, untrusted-encrypted or untrusted',
          };
        adjacency.securityTrust = no ? null : value.startsWith('trusted');
        return { meaning: no ? 'trust not known' : `${adjacency.securityTrust ? '' : 'not '}trusted` };
      },
    },
    {
      form: 'privacy',
      apply: ([value], no) => {
        if (value !== 'trusted' && value !== 'untrusted')
          return {
            reason: 'expected trusted or untrusted; other privacy of an adjacency is not in a policy',
          };
        adjacency.privacyTrust = no ? null : value === 'trusted';
        return { meaning: `${value}: identities may ${value === 'trusted' ? '' : 'not '}pass` };
      },
    },
    {
      form: 'inherit profile',
      apply: ([profile = ''], no) => {
        if (no) return { meaning: 'no profile' };
        if (/^preset-(peering|core|access)$/.test(profile)) {
          adjacency.access = profile === 'preset-access';
          return { meaning: adjacency.access ? 'subscribers register here' : 'no subscribers register here' };
        }
        return { reason: 'what this profile brings is not known' };
      },
    },
  ];
}

// Command Reference, sbcu_p1: `registration rewrite-register`, `registration target address`, `registration target port`.
// `fast-register` was in nothing that could be read.
function registrationCommands(adjacency: CiscoAdjacency, registrars: AddressRange[]): Command[] {
  return [
    {
      form: 'registration rewrite-register',
      apply: (_, no) => {
        adjacency.rewriteRegister = !no;
        return { meaning: `Contact of REGISTER is ${no ? 'not ' : ''}rewritten` };
      },
    },
    {
      form: 'registration target address',
      apply: ([host], no) => {
        const range = host === undefined ? undefined : parseRange(host);
        if (no) return { meaning: 'no registrar' };
        if (range === undefined) return { reason: 'expected an address or a name' };
        if (registrars.length >= MOST) return TOO_MANY;
        if (!registrars.some((one) => one.text === range.text)) registrars.push(range);
        return { meaning: `registrar ${range.text}` };
      },
    },
    ...irrelevant(
      'registration target port',
      'registration outgoing timer',
      'registration monitor',
      'reg-min-expiry',
    ),
    {
      form: 'fast-register',
      apply: ([value], no) => {
        if (value !== 'disable' && !no) adjacency.access = true;
        return { meaning: value === 'disable' || no ? 'no fast registration' : 'subscribers register here' };
      },
    },
    ...beyond('one registration for many endpoints is not in a policy', 'registration aggregate'),
  ];
}
