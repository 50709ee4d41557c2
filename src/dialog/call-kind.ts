// What a Call-ID was used for. `im` is an INVITE dialog whose session has at least one medium of instant messages.

export const CALL_KINDS = [
  'call', // INVITE dialogs (RFC 3261 §13)
  'im', // INVITE dialogs whose SDP offers m=message or m=x-ms-message
  'message', // page-mode conversations: MESSAGE outside a dialog (RFC 3428)
  'registration', // REGISTER (RFC 3261 §10)
  'subscription', // SUBSCRIBE or REFER outside a dialog, with their NOTIFYs (RFC 6665, RFC 3515)
  'options', // OPTIONS outside a dialog (RFC 3261 §11)
  'other', // PUBLISH, INFO outside a dialog, extension methods
] as const;

export type CallKind = (typeof CALL_KINDS)[number];
