// The INVITE client transaction: RFC 3261 §17.1.1.2 with the Accepted state of RFC 6026 §7.2, §8.4 (Figure 5).
import { StateTable } from './state-table.ts';

export const INVITE_CLIENT = new StateTable(
  ['calling', 'proceeding', 'completed', 'accepted', 'terminated'],
  ['1xx', '2xx', '300-699', 'timer A', 'timer B', 'timer D', 'timer M', 'transport error'],
  [
    ['calling', 'timer A', 'calling', 'RFC 3261 §17.1.1.2'], // the INVITE is sent again
    ['calling', 'timer B', 'terminated', 'RFC 3261 §17.1.1.2'], // 64*T1 without any response
    ['calling', 'transport error', 'terminated', 'RFC 3261 §17.1.4'],
    ['calling', '1xx', 'proceeding', 'RFC 3261 §17.1.1.2'],
    ['calling', '2xx', 'accepted', 'RFC 6026 §8.4'],
    ['calling', '300-699', 'completed', 'RFC 3261 §17.1.1.2'], // ACK is sent
    ['proceeding', '1xx', 'proceeding', 'RFC 3261 §17.1.1.2'],
    ['proceeding', '2xx', 'accepted', 'RFC 6026 §8.4'],
    ['proceeding', '300-699', 'completed', 'RFC 3261 §17.1.1.2'], // ACK is sent
    ['completed', '300-699', 'completed', 'RFC 3261 §17.1.1.2'], // ACK is sent again
    ['completed', 'timer D', 'terminated', 'RFC 3261 §17.1.1.2'],
    ['completed', 'transport error', 'terminated', 'RFC 3261 §17.1.1.2'],
    ['accepted', '2xx', 'accepted', 'RFC 6026 §7.2'], // passed up: retransmissions, and other branches of a fork
    ['accepted', 'timer M', 'terminated', 'RFC 6026 §7.2'],
  ],
);
