// What each method asks for, with the document that defines it.

/** `INVITE: sets up a session … (RFC 3261 §13)`; says so when the method is none of SIP's. */
export function methodPurpose(method: string): string {
  const known = PURPOSES.get(method);
  return known === undefined ? `${method}: not a registered method` : `${method}: ${known}`;
}

const PURPOSES: ReadonlyMap<string, string> = new Map([
  ['INVITE', 'sets up a session, or changes one within its dialog (RFC 3261 §13, §14)'],
  ['ACK', 'confirms the final response to an INVITE (RFC 3261 §13.2.2.4, §17.1.1.3)'],
  ['BYE', 'ends a session (RFC 3261 §15)'],
  ['CANCEL', 'gives up a request that is not answered yet (RFC 3261 §9)'],
  ['OPTIONS', 'asks what the other side can do; often used as a ping (RFC 3261 §11)'],
  ['REGISTER', 'binds an address of record to contacts (RFC 3261 §10)'],
  ['PRACK', 'confirms a reliable provisional response (RFC 3262)'],
  ['SUBSCRIBE', 'asks to be told of events (RFC 6665)'],
  ['NOTIFY', 'tells of an event (RFC 6665)'],
  ['PUBLISH', 'gives event state to a server (RFC 3903)'],
  ['MESSAGE', 'carries an instant message (RFC 3428)'],
  ['INFO', 'carries application information within a dialog (RFC 6086)'],
  ['UPDATE', 'changes a session, also before it is answered (RFC 3311)'],
  ['REFER', 'asks the other side to send a request, as in a transfer (RFC 3515)'],
]);
