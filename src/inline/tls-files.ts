// What the policy says of TLS → certificates and keys, read from their files, and read again when the files have changed.
import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import type { TlsSettings } from '../policy/inline-settings.ts';

export interface TlsMaterial {
  /** Certificate, key and authorities, found to be of use. */
  readonly context: SecureContextOptions;
  readonly clientCertificate: TlsSettings['clientCertificate'];
  /** Whether the certificate of a next hop has to be right. */
  readonly verify: boolean;
  /** A certificate of our own was given: what a listener needs. */
  readonly hasCertificate: boolean;
  /** For telling whether the files have changed. */
  readonly digest: string;
}

/** Rejects with a message for the user when a file cannot be read or used. */
export async function readTls(settings: TlsSettings): Promise<TlsMaterial> {
  const cert = await read(settings.certificate);
  const key = await read(settings.key);
  const ca = await read(settings.ca);
  const context: SecureContextOptions = {
    ...(cert !== null && { cert }),
    ...(key !== null && { key }),
    ...(ca !== null && { ca }),
    // RFC 8996.
    minVersion: 'TLSv1.2',
  };
  try {
    createSecureContext(context);
    return {
      context,
      clientCertificate: settings.clientCertificate,
      verify: settings.verify,
      hasCertificate: cert !== null && key !== null,
      digest: [cert, key, ca].map((octets) => octets?.toString('latin1') ?? '').join('\0'),
    };
  } catch (error) {
    const of = settings.certificate ?? settings.ca ?? 'TLS';
    throw new Error(`${of}: no use for TLS: ${(error as Error).message}`);
  }
}

async function read(path: string | null): Promise<Buffer | null> {
  if (path === null) return null;
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
  }
}
