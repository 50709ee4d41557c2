// Scanners: known by their User-Agent, or by trying many targets in a short time (RFC 3261 §26.1, RFC 5853 §2).
import { anyHas } from '../../policy/address-range.ts';
import { HEADER } from '../../sip/header/header-names.ts';
import { remembered } from '../../sip/remembered.ts';
import { defineRule } from '../rule.ts';
import { Sweeps } from './sweeps.ts';

export default defineRule({
  meta: {
    id: 'security/scanner-traffic',
    severity: 'info',
    scope: 'capture',
    tier: 2,
    since: '0.2.0',
    summary: 'No source tries target after target.',
    why: 'Scanners look for open relays and weak passwords; what they leave behind also spoils statistics.',
    exceptions: [
      'A trunk or a registrar of many users: most of what it tries succeeds.',
      'Probes of the operator: name them in networks.monitoring of the policy.',
    ],
    fix: 'Drop the source at the border; limit requests per source.',
    sources: [
      { document: 'RFC 3261', section: '26.1', says: 'threats' },
      { document: 'RFC 5853', section: '2', says: 'what perimeters are for' },
    ],
    messages: {
      agent: '{source} calls itself {agent}',
      sweep: '{source} tried {targets} targets within {seconds} s with {method}, and hardly any took it',
    },
  },
  create({ policy, report }) {
    const { scannerTargets, scannerMs } = policy.thresholds;
    const { monitoring } = policy.networks;
    const named = new Set<string>();
    const sweeps = new Sweeps(scannerTargets, scannerMs, ({ source, method, targets, frame, time }) => {
      if (anyHas(monitoring, source)) return;
      const data = { source, targets, seconds: scannerMs / 1000, method };
      report({ message: 'sweep', data, at: [], frames: [frame], peer: source, time });
    });
    return {
      live(m, info) {
        if (info.duplicateOf > 0) return;
        sweeps.add(m);
        if (!m.isRequest || named.has(m.src.ip) || named.size >= MOST) return;
        const agent = m.value(HEADER['User-Agent']);
        if (agent === undefined || !isScanner(agent) || anyHas(monitoring, m.src.ip)) return;
        named.add(m.src.ip);
        const time = { seconds: m.seconds, nanoseconds: m.nanoseconds };
        const data = { source: m.src.ip, agent };
        report({ message: 'agent', data, at: [], frames: [m.frame], peer: m.src.text, time });
      },
      end: () => sweeps.end(),
    };
  },
});

/** Few agents send most requests. */
const isScanner = remembered((agent) => SCANNERS.test(agent));
const SCANNERS = /friendly-scanner|sipvicious|sipcli|pplsip|vaxsipuseragent|sip-scan|sundayddr|iwar|sivus/i;
const MOST = 20_000;
