// What the file says of inline and of TLS → the settings.
import type { z } from 'zod';
import { parseDuration } from './duration.ts';
import { fromKeys } from './file-key.ts';
import { DEFAULT_INLINE, type InlineSettings, type TlsSettings } from './inline-settings.ts';
import type { ADJACENCY_TLS, INLINE } from './schema-inline.ts';

type InlineFile = z.infer<typeof INLINE>;
type TlsFile = z.infer<typeof ADJACENCY_TLS>;

export function inlineOf(file: InlineFile | undefined): InlineSettings {
  const { limits, tls, drainMs, ...usual } = DEFAULT_INLINE;
  return {
    unknownSources: file?.['unknown-sources'] ?? usual.unknownSources,
    methods: file?.methods ?? usual.methods,
    userAgent: file?.['user-agent'] ?? null,
    metrics: file?.metrics ?? null,
    store: file?.store ?? null,
    drainMs: file?.drain === undefined ? drainMs : parseDuration(file.drain)!,
    tls: { ...tls, ...tlsOf(file?.tls) },
    limits: { ...limits, ...fromKeys(file?.limits ?? {}) },
  };
}

/** null when it says nothing. */
export function tlsOf(file: TlsFile | undefined): Partial<TlsSettings> | null {
  if (file === undefined) return null;
  const { 'client-certificate': clientCertificate, certificate, key, ca, verify } = file;
  const all = { certificate, key, ca, clientCertificate, verify };
  const said = Object.entries(all).filter(([, value]) => value !== undefined);
  return said.length === 0 ? null : Object.fromEntries(said);
}
