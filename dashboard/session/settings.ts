/** What the gateway tells its pages. */
export interface Settings {
  /** The OpenID provider at which people sign in. */
  readonly issuer: string;
  readonly clientId: string;
  /** Whether there is an API explorer at /graphiql. */
  readonly explorer: boolean;
}

/** How long an answer may take, in milliseconds. */
const patience = 15_000;

export async function readSettings(): Promise<Settings> {
  const response = await fetch("/settings.json", { credentials: "omit", signal: AbortSignal.timeout(patience) });
  if (!response.ok) throw new Error("The settings cannot be had");
  return (await response.json()) as Settings;
}
