import { personas } from "../../system/personas.ts";
import type { World } from "./world.ts";

// biome-ignore lint/suspicious/noExplicitAny: an answer is of the shape that was asked for
export type Json = any;

/** Somebody who asks the system through its gateway. */
export interface Client {
  /** With a token that holds for a while yet. */
  authorization(): Promise<string>;
  /** @returns the answer's `data`. @throws Error with a code, or that of the network */
  ask(query: string, variables?: Readonly<Record<string, unknown>>): Promise<Json>;
}

interface ClientOptions {
  /** Claims besides, or in the place of, the persona's. */
  readonly claims?: object;
  /** How long an answer may take, in milliseconds. */
  readonly patience?: number;
  /** Where the gateway is; by its way, unless it is said. */
  readonly url?: string;
}

/** How long a token serves, in milliseconds: the provider's hold for less than an hour, and a run may take hours. */
const renewal = 20 * 60_000;

export async function clientOf(world: World, persona: string, options: ClientOptions = {}): Promise<Client> {
  const { claims: more = {}, patience = 10_000, url = world.urlOf("gateway") } = options;
  const claims = personas.find(({ name }) => name === persona);
  if (claims === undefined) throw new Error(`No persona ${persona}`);
  let current: { readonly token: string; readonly until: number } | undefined;
  const authorization = async () => {
    if (current === undefined || current.until < Date.now()) {
      current = { token: await world.token({ ...claims, ...more }), until: Date.now() + renewal };
    }
    return `Bearer ${current.token}`;
  };
  return {
    authorization,
    async ask(query, variables) {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: await authorization() },
        body: JSON.stringify({ query, variables }),
        signal: AbortSignal.timeout(patience),
      });
      const answer = (await response.json()) as Json;
      const fault = answer.errors?.[0]?.extensions?.code ?? answer.code;
      if (fault !== undefined) throw new Error(fault);
      return answer.data;
    },
  };
}

export const operations = {
  report: `mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) {
    __typename ... on IncidentReported { replayed incident { id } signals { id } } } }`,
  sent: `query ($after: String) { sentSignals(first: 500, after: $after) {
    edges { node { id progress } } pageInfo { hasNextPage endCursor } } }`,
  inbox: `query ($after: String) { signals(status: [RAISED], first: 500, after: $after) {
    edges { node { id pupil { displayName } } } pageInfo { hasNextPage endCursor } } }`,
  confirm: "mutation ($id: ID!) { confirmSupport(input: { signalId: $id }) { __typename } }",
} as const;

/** A report about one child or several, as an integrator sends it. */
export function reportOf(idempotencyKey: string, ...bsns: readonly string[]): Json {
  const occurredAt = new Date(Date.now() - 60_000).toISOString();
  return { input: { idempotencyKey, occurredAt, category: "OTHER", children: bsns.map((bsn) => ({ bsn })) } };
}

/** All pages of a list, `name` being its root field. */
export async function readAll(client: Client, query: string, name: string): Promise<Json[]> {
  const nodes: Json[] = [];
  for (let after: string | undefined; ; ) {
    const list = (await client.ask(query, { after }))[name];
    nodes.push(...list.edges.map(({ node }: Json) => node));
    if (!list.pageInfo.hasNextPage) return nodes;
    after = list.pageInfo.endCursor;
  }
}
