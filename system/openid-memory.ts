import type { Adapter, AdapterPayload } from "oidc-provider";

/**
 * What the development provider remembers: which signed assertions it has seen, until they expire.
 * All else that clients credentials need is in the tokens and the configuration.
 */
export class ProviderMemory implements Adapter {
  readonly #entries = new Map<string, { payload: AdapterPayload; until: number }>();

  async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
    const now = Date.now();
    for (const [known, { until }] of this.#entries) if (until < now) this.#entries.delete(known);
    this.#entries.set(id, { payload, until: now + (expiresIn ?? 60) * 1000 });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const entry = this.#entries.get(id);
    return entry !== undefined && entry.until >= Date.now() ? entry.payload : undefined;
  }

  async destroy(id: string): Promise<void> {
    this.#entries.delete(id);
  }

  async consume(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  // For sessions and devices, which a provider for machines does not have.
  async findByUid(): Promise<undefined> {}
  async findByUserCode(): Promise<undefined> {}
  async revokeByGrantId(): Promise<void> {}
}
