import { Failure } from "../api/ask.ts";
import type { Session } from "../session/session.ts";

type Health = "READY" | "NOT_READY" | "UNREACHABLE";

/** `UNKNOWN` where the gateway has not said so for a while. */
export type ShownHealth = Health | "UNKNOWN";

/** The state of the parts, as the gateway tells it: nothing of what passes through. */
export interface Federation<Known extends ShownHealth = Health> {
  readonly contracts: readonly { readonly name: string; readonly subgraphs: readonly string[] }[];
  readonly subgraphs: readonly { readonly name: string; readonly health: Known }[];
}

/** What is known of the parts once they can no longer be asked: which there are, and not how they are. */
export function withoutHealth({ contracts, subgraphs }: Federation): Federation<ShownHealth> {
  return { contracts, subgraphs: subgraphs.map(({ name }) => ({ name, health: "UNKNOWN" })) };
}

/** How long an answer may take, in milliseconds: longer than the gateway waits for a part. */
const patience = 5_000;

/** @throws Failure */
export async function readFederation(session: Session): Promise<Federation> {
  const headers = { authorization: `Bearer ${await session.token()}` };
  const response = await fetch("/federation", {
    headers,
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(patience),
  });
  if (!response.ok) throw new Failure("UNREACHABLE");
  return (await response.json()) as Federation;
}
