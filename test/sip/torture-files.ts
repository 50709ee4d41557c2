// The messages of RFC 4475 and RFC 5118, where a checkout has them beside the project.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../shared/torture/', import.meta.url));

export const HAS_TORTURE = existsSync(ROOT);

export function tortureNames(set: 'rfc4475' | 'rfc5118'): string[] {
  return HAS_TORTURE ? readdirSync(ROOT + set).sort() : [];
}

export function tortureOctets(set: 'rfc4475' | 'rfc5118', name: string): Buffer {
  return readFileSync(`${ROOT}${set}/${name}`);
}
