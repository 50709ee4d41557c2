// How text is treated, by where it stands.

export interface Context {
  /** Words of the vocabulary stay. */
  readonly vocabulary: boolean;
  /** Words of digits alone stay. */
  readonly numbers: boolean;
  /** Dates as XML has them stay (RFC 3339). */
  readonly dates: boolean;
  /** Words stay unless they could be serial numbers or addresses: the names and versions of products. */
  readonly products: boolean;
  /** URIs are looked for. */
  readonly uris: boolean;
  /** Base64 of readable text is read. */
  readonly base64: boolean;
  /** JSON whose claim `iat` is a time and stays (RFC 8225 §5.1.1). */
  readonly claims: boolean;
}

/** Most text: identifiers, hosts, values of parameters. */
export const GENERAL: Context = {
  vocabulary: true,
  numbers: false,
  dates: false,
  products: false,
  uris: true,
  base64: true,
  claims: false,
};
/** Where numbers are the protocol's own. */
export const NUMBERED: Context = { ...GENERAL, numbers: true };
/** What people are called and what they write. */
export const NAMES: Context = { ...GENERAL, vocabulary: false };
/** The parts of a URI, in which no other one begins. */
export const USER: Context = { ...NAMES, uris: false };
export const HOST: Context = { ...GENERAL, uris: false };
export const DATED: Context = { ...GENERAL, dates: true };
/** Keys and proofs, which are no text even where they look like it. */
export const SECRET: Context = { ...NAMES, base64: false };
export const PRODUCT: Context = { ...GENERAL, products: true, base64: false };
export const CLAIMS: Context = { ...GENERAL, claims: true };
