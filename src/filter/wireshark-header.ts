// Where Wireshark's name or type of a header field is not what the header's own name leads one to expect.

/** Header → what follows `sip.`. */
export const WIRESHARK_NAMES: Readonly<Record<string, string>> = {
  'Identity-Info': 'Identity-info',
  'Policy-Contact': 'Policy_Contact',
  'Policy-ID': 'Policy_ID',
  'Priv-Answer-Mode': 'Priv-Answer-mode',
  'Referred-By': 'Referred-by',
  'SIP-ETag': 'ETag',
  'SIP-If-Match': 'If_Match',
  'Suppress-If-Match': 'Suppress_If_Match',
  'User-to-User': 'uui',
};

/** Headers whose field is a number. */
export const NUMERIC_NAMES: readonly string[] = [
  'Content-Length',
  'Expires',
  'Max-Breadth',
  'Max-Forwards',
  'RSeq',
  'Retry-After',
];
