// The client transaction of every method but INVITE and ACK: RFC 3261 §17.1.2.2 (Figure 6).
import { StateTable } from './state-table.ts';

export const NON_INVITE_CLIENT = new StateTable(
  ['trying', 'proceeding', 'completed', 'terminated'],
  ['1xx', '200-699', 'timer E', 'timer F', 'timer K', 'transport error'],
  [
    ['trying', 'timer E', 'trying', 'RFC 3261 §17.1.2.2'], // the request is sent again
    ['trying', 'timer F', 'terminated', 'RFC 3261 §17.1.2.2'],
    ['trying', 'transport error', 'terminated', 'RFC 3261 §17.1.2.2'],
    ['trying', '1xx', 'proceeding', 'RFC 3261 §17.1.2.2'],
    ['trying', '200-699', 'completed', 'RFC 3261 §17.1.2.2'],
    ['proceeding', 'timer E', 'proceeding', 'RFC 3261 §17.1.2.2'], // sent again, every T2
    ['proceeding', 'timer F', 'terminated', 'RFC 3261 §17.1.2.2'],
    ['proceeding', 'transport error', 'terminated', 'RFC 3261 §17.1.2.2'],
    ['proceeding', '1xx', 'proceeding', 'RFC 3261 §17.1.2.2'],
    ['proceeding', '200-699', 'completed', 'RFC 3261 §17.1.2.2'],
    ['completed', '200-699', 'completed', 'RFC 3261 §17.1.2.2'], // retransmissions are buffered away until timer K
    ['completed', 'timer K', 'terminated', 'RFC 3261 §17.1.2.2'],
  ],
);
