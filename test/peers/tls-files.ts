// Certificates for the run: an authority, the SBC and the peers, each for the addresses and names it has (RFC 5922 §7.1).
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';

export interface Certificate {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer;
}

/** Makes `ca.crt`, and `<name>.crt` and `<name>.key` for each. */
export function makeCertificates(folder: string, of: Readonly<Record<string, readonly string[]>>): void {
  make(folder, 'ca', [], []);
  const signed = ['-CA', join(folder, 'ca.crt'), '-CAkey', join(folder, 'ca.key')];
  for (const [name, addresses] of Object.entries(of)) make(folder, name, addresses, signed);
}

export function readCertificate(folder: string, name: string): Certificate {
  const read = (file: string): Buffer => readFileSync(join(folder, file));
  return { cert: read(`${name}.crt`), key: read(`${name}.key`), ca: read('ca.crt') };
}

function make(folder: string, name: string, hosts: readonly string[], signed: readonly string[]): void {
  const names = hosts.map((host) => `${isIP(host) === 0 ? 'DNS' : 'IP'}:${host}`).join(',');
  const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.crt`)];
  const subject = ['-subj', `/CN=${name}`, ...(names === '' ? [] : ['-addext', `subjectAltName=${names}`])];
  execFileSync('openssl', ['req', '-x509', ...KEY, '-days', '2', ...files, ...subject, ...signed], {
    stdio: 'pipe',
  });
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
