// The server transaction of every method but INVITE and ACK: RFC 3261 §17.2.2 (Figure 8).
// `send …` is what the transaction user passes down; the others come from the network or a timer.
import { StateTable } from './state-table.ts';

export const NON_INVITE_SERVER = new StateTable(
  ['trying', 'proceeding', 'completed', 'terminated'],
  ['request', 'send 1xx', 'send 200-699', 'timer J', 'transport error'],
  [
    ['trying', 'request', 'trying', 'RFC 3261 §17.2.2'], // discarded
    ['trying', 'send 1xx', 'proceeding', 'RFC 3261 §17.2.2'],
    ['trying', 'send 200-699', 'completed', 'RFC 3261 §17.2.2'],
    ['proceeding', 'request', 'proceeding', 'RFC 3261 §17.2.2'], // the last provisional response is sent again
    ['proceeding', 'send 1xx', 'proceeding', 'RFC 3261 §17.2.2'],
    ['proceeding', 'send 200-699', 'completed', 'RFC 3261 §17.2.2'],
    ['proceeding', 'transport error', 'terminated', 'RFC 3261 §17.2.2'],
    ['completed', 'request', 'completed', 'RFC 3261 §17.2.2'], // the final response is sent again
    ['completed', 'send 200-699', 'completed', 'RFC 3261 §17.2.2'], // discarded
    ['completed', 'timer J', 'terminated', 'RFC 3261 §17.2.2'],
    ['completed', 'transport error', 'terminated', 'RFC 3261 §17.2.2'],
  ],
);
