// The INVITE server transaction: RFC 3261 §17.2.1 with the Accepted state of RFC 6026 §7.1, §8.7 (Figure 7).
// `send …` is what the transaction user passes down; the others come from the network or a timer.
import { StateTable } from './state-table.ts';

export const INVITE_SERVER = new StateTable(
  ['proceeding', 'completed', 'confirmed', 'accepted', 'terminated'],
  [
    'INVITE',
    'ACK',
    'send 1xx',
    'send 2xx',
    'send 300-699',
    'timer G',
    'timer H',
    'timer I',
    'timer L',
    'transport error',
  ],
  [
    ['proceeding', 'INVITE', 'proceeding', 'RFC 3261 §17.2.1'], // the last provisional response is sent again
    ['proceeding', 'send 1xx', 'proceeding', 'RFC 3261 §17.2.1'],
    ['proceeding', 'send 2xx', 'accepted', 'RFC 6026 §7.1'],
    ['proceeding', 'send 300-699', 'completed', 'RFC 3261 §17.2.1'],
    ['proceeding', 'transport error', 'proceeding', 'RFC 6026 §7.1'],
    ['completed', 'INVITE', 'completed', 'RFC 3261 §17.2.1'], // the final response is sent again
    ['completed', 'timer G', 'completed', 'RFC 3261 §17.2.1'],
    ['completed', 'ACK', 'confirmed', 'RFC 3261 §17.2.1'],
    ['completed', 'timer H', 'terminated', 'RFC 3261 §17.2.1'], // the ACK never came
    ['completed', 'transport error', 'completed', 'RFC 6026 §7.1'],
    ['confirmed', 'ACK', 'confirmed', 'RFC 3261 §17.2.1'], // absorbed
    ['confirmed', 'timer I', 'terminated', 'RFC 3261 §17.2.1'],
    ['accepted', 'INVITE', 'accepted', 'RFC 6026 §7.1'], // absorbed
    ['accepted', 'ACK', 'accepted', 'RFC 6026 §7.1'], // passed up
    ['accepted', 'send 2xx', 'accepted', 'RFC 6026 §7.1'], // the core's retransmissions
    ['accepted', 'timer L', 'terminated', 'RFC 6026 §7.1'],
    ['accepted', 'transport error', 'accepted', 'RFC 6026 §7.1'],
  ],
);
