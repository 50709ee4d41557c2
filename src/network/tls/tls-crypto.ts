// Hashes and ciphers of the engine, for TLS: nothing random is asked of them. They take a while to load, so only the first connection
// that is decrypted does it.

export function tlsCrypto(): typeof import('node:crypto') {
  // biome-ignore lint/plugin: no input and no clock; an import would be loaded with every capture.
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
}

export type SecretKey = import('node:crypto').KeyObject;

let loaded: typeof import('node:crypto') | undefined;
