// Commands of an adjacency that a policy does without, and those that it cannot say.
//
// Command Reference, sbcu_a1: attach, adjacency timeout, authentication, authentication-realm, allow private info, 100rel (a
// later edition). sbcu_h1: h225, h245-…, header-name, header-profile, hunting-trigger, location-id, max-…, media-…,
// method-profile, nat, network-id, option-profile, outbound-flood-rate. sbcu_p1: parameter-profile, pass-body, ping-…,
// privacy restrict outbound, ras, redirect-…, remote-port, request-line request-uri rewrite, secure-media, server-retry
// disable. Templates: calc-moscqe, description, force-signaling-peer, local-jitter-ratio, realm, sipi, statistics, vrf.
// What is in neither is listed as not understood.
import { beyond, type Command, irrelevant, type Mode } from './cisco-command.ts';

const PING: Mode = {
  what: 'ping-enable',
  commands: irrelevant('ping-interval', 'ping-lifetime', 'ping-fail-count'),
};

const HEADERS = 'it changes headers in ways that a policy cannot say';

export const OTHER_COMMANDS: readonly Command[] = [
  { form: 'attach', apply: (_, no) => ({ meaning: no ? 'not attached' : 'attached' }) },
  {
    form: 'ping-enable',
    opens: true,
    apply: () => ({ meaning: 'pings the peer with OPTIONS', enter: PING }),
  },
  ...irrelevant(
    'description',
    'vrf',
    'realm',
    'statistics',
    'force-signaling-peer',
    'local-jitter-ratio',
    'calc-moscqe',
    'nat',
    'network-id',
    'location-id',
    'media-timeout',
    'media-gateway',
    'media bandwidth-fields',
    'media-bypass',
    'media-bypass-forbid',
    'hunting-trigger',
    'max-connections',
    'max-call-rate',
    'max-bandwidth',
    'max-regs',
    'max-num-calls',
    'outbound-flood-rate',
    'redirect-limit',
    'redirect-mode',
    'remote-port',
    'server-retry disable',
    'secure-media',
    'adjacency timeout',
    'h225',
    'h245-address-pass',
    'h245-tunnel disable',
    'ras',
    'authentication',
    'authentication-realm',
  ),
  ...beyond(
    HEADERS,
    'passthrough',
    'header-profile',
    'method-profile',
    'option-profile',
    'parameter-profile',
    'request-line request-uri rewrite',
    'pass-body',
    'sipi',
    'header-name',
    '100rel',
  ),
  ...beyond(
    'a policy hides by CAC entries only',
    'allow private info',
    'privacy restrict outbound',
    'privacy inherit-profile',
  ),
];
