// TLS of every local address, as the policy says for its adjacency; read anew when the files have changed.
import { resolve } from 'node:path';
import type { TlsSettings } from '../policy/inline-settings.ts';
import type { Policy } from '../policy/policy.ts';
import { listenerPlans, planKey } from './listener-plan.ts';
import { readTls, type TlsMaterial } from './tls-files.ts';

export class TlsTable {
  private readonly byKey: ReadonlyMap<string, TlsMaterial>;
  /** For next hops of adjacencies that do not listen for TLS. */
  private readonly usual: TlsMaterial;

  /** `folder`: where names of files begin. Rejects with words for the user. */
  static async read(policy: Policy, folder: string): Promise<TlsTable> {
    const byKey = new Map<string, TlsMaterial>();
    for (const { transport, ip, port, adjacencies } of listenerPlans(policy).plans) {
      if (transport !== 'tls') continue;
      // Adjacencies that share an address share its certificate: which of them it is, is known only later.
      const [name] = adjacencies;
      const own = policy.adjacencies.find((one) => one.name === name)?.tls ?? {};
      const material = await readTls(placed({ ...policy.inline.tls, ...own }, folder));
      if (!material.hasCertificate)
        throw new Error(`adjacency ${name}: TLS on ${ip}:${port} needs a certificate and a key`);
      byKey.set(planKey(transport, ip, port), material);
    }
    return new TlsTable(byKey, await readTls(placed(policy.inline.tls, folder)));
  }

  private constructor(byKey: ReadonlyMap<string, TlsMaterial>, usual: TlsMaterial) {
    this.byKey = byKey;
    this.usual = usual;
  }

  at(key: string): TlsMaterial {
    return this.byKey.get(key) ?? this.usual;
  }

  equals(other: TlsTable): boolean {
    if (this.usual.digest !== other.usual.digest || this.byKey.size !== other.byKey.size) return false;
    return [...this.byKey].every(([key, { digest }]) => other.byKey.get(key)?.digest === digest);
  }
}

function placed(settings: TlsSettings, folder: string): TlsSettings {
  const place = (path: string | null): string | null => (path === null ? null : resolve(folder, path));
  return {
    ...settings,
    certificate: place(settings.certificate),
    key: place(settings.key),
    ca: place(settings.ca),
  };
}
