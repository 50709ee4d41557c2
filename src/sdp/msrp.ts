// What MSRP needs beside its m= line (RFC 4975 §8.2, §8.6): a=path, the relays and the endpoint; a=accept-types.
import type { MediaDescription } from './media.ts';

export interface MsrpSession {
  /** MSRP URIs, the nearest hop first; the last is the endpoint's own. */
  readonly path: readonly string[];
  readonly acceptTypes: readonly string[];
  readonly acceptWrappedTypes: readonly string[];
}

export function msrpSession(media: MediaDescription): MsrpSession {
  return {
    path: words(media.attribute('path')),
    acceptTypes: words(media.attribute('accept-types')),
    acceptWrappedTypes: words(media.attribute('accept-wrapped-types')),
  };
}

function words(value: string | undefined): string[] {
  return value?.split(' ').filter((word) => word !== '') ?? [];
}
