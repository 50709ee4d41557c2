// Request methods: a small integer for each registered one, 0 for an extension method. Methods are case-sensitive
// (RFC 3261 §7.1).

/** Index into METHODS; 0 is a method that is not registered. */
export type MethodId = number;

/** Registered methods by id, in the order the specifications added them. */
export const METHODS = [
  '', // an extension method
  'INVITE', // RFC 3261 §13
  'ACK', // RFC 3261 §13, §17.1.1.3
  'BYE', // RFC 3261 §15
  'CANCEL', // RFC 3261 §9
  'OPTIONS', // RFC 3261 §11
  'REGISTER', // RFC 3261 §10
  'PRACK', // RFC 3262
  'SUBSCRIBE', // RFC 6665
  'NOTIFY', // RFC 6665
  'PUBLISH', // RFC 3903
  'MESSAGE', // RFC 3428
  'INFO', // RFC 6086
  'UPDATE', // RFC 3311
  'REFER', // RFC 3515
] as const;

export type MethodName = Exclude<(typeof METHODS)[number], ''>;

/** `METHOD.INVITE` and so on. */
export const METHOD = Object.fromEntries(METHODS.map((name, id) => [name, id])) as Readonly<
  Record<MethodName, MethodId>
>;

/** The id of a method as spelled, 0 when it is none of METHODS. */
export function methodId(name: string): MethodId {
  return Math.max(METHODS.indexOf(name as MethodName), 0);
}

/** The id of the method whose octets are `data[start, end)`, without making a string. */
export function methodIdAt(data: Uint8Array, start: number, end: number): MethodId {
  const length = end - start;
  if (length < 3 || length > 9) return 0;
  const candidate = BY_KEY[key(length, data[start], data[start + 1])];
  const name = NAMES[candidate];
  if (name.length !== length) return 0;
  for (let i = 2; i < length; i++) if (data[start + i] !== name[i]) return 0;
  return data[start] === name[0] && data[start + 1] === name[1] ? candidate : 0;
}

// Length and the first two letters tell all registered methods apart.
function key(length: number, first: number, second: number): number {
  return (length * 7 + first * 3 + second * 5) & 127;
}

const NAMES = METHODS.map((name) => Uint8Array.from(name, (character) => character.charCodeAt(0)));
const BY_KEY = new Uint8Array(128);
for (const [id, name] of NAMES.entries()) if (id > 0) BY_KEY[key(name.length, name[0], name[1])] = id;
