// Block types of pcapng. draft-ietf-opsawg-pcapng §4 and §11.1.

export const BLOCK = {
  section: 0x0a0d0d0a,
  interface: 1,
  /** Obsolete Packet Block, appendix A. */
  packet: 2,
  simplePacket: 3,
  nameResolution: 4,
  interfaceStatistics: 5,
  enhancedPacket: 6,
  decryptionSecrets: 10,
  custom: 0x0bad,
  /** A custom block that programs which change a file leave out. */
  customNotCopied: 0x40000bad,
} as const;

/** The byte-order magic of a section header as its writer meant it. */
export const BYTE_ORDER_MAGIC = 0x1a2b3c4d;

/** Secrets type of the decryption secrets block, §4.7: the text of an SSLKEYLOGFILE. */
export const TLS_KEY_LOG = 0x544c534b;

/** Of our own, in no pcapng: private keys in PEM. */
export const PRIVATE_KEYS = -1;
