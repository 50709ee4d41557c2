// A subscription as the subscriber sees it: RFC 6665 §4.1.2 (Figure 1); a REFER makes one likewise (RFC 3515 §2.4.4).
import { StateTable } from './state-table.ts';

export const SUBSCRIPTION = new StateTable(
  ['init', 'notify-wait', 'pending', 'active', 'terminated'],
  [
    'SUBSCRIBE',
    'SUBSCRIBE failed',
    'refresh 481',
    'NOTIFY active',
    'NOTIFY pending',
    'NOTIFY terminated',
    'timer N',
  ],
  [
    ['init', 'SUBSCRIBE', 'notify-wait', 'RFC 6665 §4.1.2'],
    ['init', 'NOTIFY active', 'active', 'RFC 6665 §4.1.2'], // the SUBSCRIBE is not in the capture
    ['init', 'NOTIFY pending', 'pending', 'RFC 6665 §4.1.2'], // likewise
    ['init', 'NOTIFY terminated', 'terminated', 'RFC 6665 §4.1.2'], // likewise
    ['notify-wait', 'SUBSCRIBE', 'notify-wait', 'RFC 6665 §4.1.2.1'], // again, with credentials
    ['notify-wait', 'SUBSCRIBE failed', 'terminated', 'RFC 6665 §4.1.2'],
    ['notify-wait', 'NOTIFY active', 'active', 'RFC 6665 §4.1.2'],
    ['notify-wait', 'NOTIFY pending', 'pending', 'RFC 6665 §4.1.2'],
    ['notify-wait', 'NOTIFY terminated', 'terminated', 'RFC 6665 §4.1.2'],
    ['notify-wait', 'timer N', 'terminated', 'RFC 6665 §4.1.2.4'],
    ['pending', 'SUBSCRIBE', 'pending', 'RFC 6665 §4.1.2.2'],
    ['pending', 'SUBSCRIBE failed', 'pending', 'RFC 6665 §4.1.2.2'], // a failed refresh leaves it until it expires
    ['pending', 'NOTIFY pending', 'pending', 'RFC 6665 §4.1.2'],
    ['pending', 'NOTIFY active', 'active', 'RFC 6665 §4.1.2'],
    ['pending', 'NOTIFY terminated', 'terminated', 'RFC 6665 §4.1.2'],
    ['pending', 'refresh 481', 'terminated', 'RFC 6665 §4.1.2.2'],
    ['pending', 'timer N', 'terminated', 'RFC 6665 §4.1.2'],
    ['active', 'SUBSCRIBE', 'active', 'RFC 6665 §4.1.2.2'],
    ['active', 'SUBSCRIBE failed', 'active', 'RFC 6665 §4.1.2.2'], // likewise
    ['active', 'NOTIFY active', 'active', 'RFC 6665 §4.1.2'],
    ['active', 'NOTIFY terminated', 'terminated', 'RFC 6665 §4.1.2'],
    ['active', 'refresh 481', 'terminated', 'RFC 6665 §4.1.2.2'],
    ['active', 'timer N', 'terminated', 'RFC 6665 §4.1.2'],
    ['terminated', 'SUBSCRIBE', 'notify-wait', 'RFC 6665 §4.1.2'], // Retry-after expires
    ['terminated', 'NOTIFY terminated', 'terminated', 'RFC 6665 §4.1.4'], // the other ends of a fork
    ['terminated', 'NOTIFY active', 'active', 'RFC 6665 §4.1.4'], // likewise
  ],
);
