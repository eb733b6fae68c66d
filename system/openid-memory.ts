import type { Adapter, AdapterPayload } from "oidc-provider";

/**
 * What the development provider remembers of one kind: signed assertions that it has seen, and of people their
 * sign-ins, codes and sessions; each until it expires. All else is in the tokens and the configuration.
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

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    for (const [id, { payload }] of this.#entries) if (payload.uid === uid) return this.find(id);
    return undefined;
  }

  async destroy(id: string): Promise<void> {
    this.#entries.delete(id);
  }

  async consume(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry !== undefined) entry.payload.consumed = Math.floor(Date.now() / 1000);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.#entries) if (payload.grantId === grantId) this.#entries.delete(id);
  }

  // For devices without a browser, which nobody here has.
  async findByUserCode(): Promise<undefined> {}
}
