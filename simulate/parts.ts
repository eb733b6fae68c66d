import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "graphql";
import { exportJWK, generateKeyPair, type JWK } from "jose";
import { type ClaimsSigner, claimsHeader, createClaimsSigner } from "../plumbing/claims.ts";
import type { Clock } from "../plumbing/clock.ts";
import { Config, type Environment } from "../plumbing/config.ts";
import { type GatewayClient, HopFailed } from "../plumbing/hop.ts";
import type { Post } from "../plumbing/http.ts";
import { Identities } from "../plumbing/identities/identities.ts";
import { makeIdentityKey, readIdentityKeys } from "../plumbing/identities/keys.ts";
import type { Log } from "../plumbing/log.ts";
import type { DatabaseDefinition } from "../plumbing/migrations.ts";
import { type PartContext, type Subgraph, startSubgraph } from "../plumbing/subgraph.ts";
import { crisisDatabase } from "../subgraphs/crisis/database.ts";
import { crisisSubgraph } from "../subgraphs/crisis/part.ts";
import { leerplichtDatabase } from "../subgraphs/leerplicht/database.ts";
import { leerplichtSubgraph } from "../subgraphs/leerplicht/part.ts";
import { policeDatabase } from "../subgraphs/police/database.ts";
import { policeSubgraph } from "../subgraphs/police/part.ts";
import { schoolDatabase } from "../subgraphs/school/database.ts";
import { schoolSubgraph } from "../subgraphs/school/part.ts";
import { shelterDatabase } from "../subgraphs/shelter/database.ts";
import { shelterSubgraph } from "../subgraphs/shelter/part.ts";
import type { DatabaseUrls } from "../system/databases.ts";
import { root } from "../system/root.ts";
import { VirtualJobs } from "./virtual-jobs.ts";

export type PartName = "police" | "shelter" | "crisis" | "leerplicht" | "school";

/** The databases of the parts that a year needs. */
export const definitions: Readonly<Record<PartName, DatabaseDefinition>> = {
  police: policeDatabase,
  shelter: shelterDatabase,
  crisis: crisisDatabase,
  leerplicht: leerplichtDatabase,
  school: schoolDatabase,
};

/** On whose behalf something is asked, as the gateway would say it. */
export interface Caller {
  readonly sub?: string;
  readonly party: string;
  readonly organisation?: string;
  readonly schools?: readonly string[];
  readonly role?: string;
  readonly staffMember?: string;
  readonly scope?: string;
}

/** The office for compulsory education of the region. */
export const office = "00000099000000004000";

// biome-ignore lint/suspicious/noExplicitAny: an answer is of the shape that was asked for
export type Answer = any;

/** The real subgraphs over their databases, on one virtual clock. */
export interface Parts extends AsyncDisposable {
  readonly jobs: ReadonlyMap<PartName, VirtualJobs>;
  /** Those that were asked for something, and so may have jobs to do that were not there before. Whoever looks clears it. */
  readonly touched: Set<PartName>;
  /** Where each listens, `http://host:port/graphql`. */
  readonly urls: ReadonlyMap<PartName, string>;
  /** The ways in from this process, past the network and no other guard. */
  readonly posts: ReadonlyMap<PartName, Post>;
  /** With which a gateway must state who asks. */
  readonly gatewayKey: JWK;
  /** How a part keeps identities. */
  identities(part: PartName): Identities;
  /** @throws Error on any GraphQL error: the people of a simulation ask for nothing that may fail. */
  ask(part: PartName, caller: Caller, query: string, variables?: Record<string, unknown>): Promise<Answer>;
}

/** What is broken on purpose, to see that it is noticed: `outbox` takes some hops for acknowledged that never left. */
export type Breakage = "outbox" | undefined;

/** One hop in so many is lost where the outbox is broken. */
const lostHops = 25;

export interface PartsOptions {
  readonly breakage?: Breakage | undefined;
  /** How long before its deadline an unseen signal goes to an officer, in minutes; the part's own setting where left out. */
  readonly lead?: number;
  /** The office's part, where it is not as usual. */
  readonly leerplicht?: typeof leerplichtSubgraph;
  /** As IDENTITY_KEYS lists one. Databases that are opened again need the same. */
  readonly identityKey?: string;
  /** Of all parts, besides. */
  readonly settings?: Environment;
  /** Where they write; nowhere unless it is said. */
  readonly log?: Log;
}

export async function startParts(
  databases: Readonly<Record<PartName, DatabaseUrls>>,
  clock: Clock,
  {
    breakage,
    lead,
    leerplicht = leerplichtSubgraph,
    identityKey = makeIdentityKey(clock.now()),
    settings = {},
    log,
  }: PartsOptions = {},
): Promise<Parts> {
  await using stack = new AsyncDisposableStack();
  const { privateKey, publicKey } = await generateKeyPair("EdDSA", { crv: "Ed25519", extractable: true });
  const [gatewayPrivateKey, gatewayPublicKey] = await Promise.all([exportJWK(privateKey), exportJWK(publicKey)]);
  const signer = await createClaimsSigner(gatewayPrivateKey, clock);
  const identityKeys = readIdentityKeys(new Config({ IDENTITY_KEYS: identityKey }));
  const pseudonymKey = Buffer.alloc(32, 7).toString("base64");
  const urls = new Map<PartName, string>();
  const posts = new Map<PartName, Post>();
  const touched = new Set<PartName>();
  const statementOf = signAtOneMoment(signer, clock);
  const jobs = new Map<PartName, VirtualJobs>();

  async function ask(part: PartName, caller: Caller, query: string, variables = {}): Promise<Answer> {
    const post = posts.get(part);
    if (post === undefined) throw new Error(`The part ${part} does not run`);
    touched.add(part);
    const headers = { "content-type": "application/json", [claimsHeader]: await statementOf(caller, part) };
    const { text } = await post(headers, JSON.stringify({ query, variables }));
    const { data, errors } = JSON.parse(text) as Answer;
    if (errors !== undefined) throw new HopFailed(errors[0]?.extensions?.code ?? "UNKNOWN");
    return data;
  }

  const doors = readDoors();
  const start = async <Context extends PartContext, Settings>(
    name: PartName,
    subgraph: Subgraph<Context, Settings>,
  ) => {
    let hops = 0;
    // Straight to the door that the gateway would find: tokens and their ends go by the clock on the wall, and a year
    // of minutes would outlive each of them between two hops.
    const gateway: GatewayClient = {
      async mutate<T>(document: string, input: unknown): Promise<T> {
        const field = /\{\s*(\w+)/.exec(document)?.[1] ?? "";
        const part = doors.get(field);
        if (part === undefined) throw new Error("A hop leads to no door");
        hops += 1;
        if (breakage === "outbox" && hops % lostHops === 0) {
          return { [field]: { __typename: "SignalDelivered", appearsAt: clock.now(), firstBells: [] } } as T;
        }
        return ask(part, { party: "service", organisation: name }, document, { input });
      },
    };
    const part = stack.use(
      await startSubgraph(
        subgraph,
        {
          listen: { host: "127.0.0.1", port: 0 },
          databaseUrl: databases[name].appUrl,
          gatewayUrl: "http://127.0.0.1:1/graphql",
          gatewayPublicKey,
          service: { issuer: "http://127.0.0.1:1", clientId: name, clientKey: gatewayPrivateKey, audience: "urn:none" },
          pseudonymKey,
          identityKeys: () => identityKeys,
          organisation: office,
          logLevel: "silent",
          own: new Config({ ESCALATION_LEAD_MINUTES: lead?.toString(), ...settings }),
        },
        {
          clock,
          gateway,
          ...(log && { log }),
          jobs: async (options) => {
            const virtual = new VirtualJobs(options, clock);
            jobs.set(name, virtual);
            return virtual;
          },
        },
      ),
    );
    urls.set(name, part.url);
    posts.set(name, part.post);
  };
  await start("police", policeSubgraph);
  await start("shelter", shelterSubgraph);
  await start("crisis", crisisSubgraph);
  await start("leerplicht", leerplicht);
  await start("school", schoolSubgraph);
  const running = stack.move();
  const identities = (name: PartName) => new Identities(name, () => identityKeys, pseudonymKey);
  return {
    jobs,
    touched,
    urls,
    posts,
    gatewayKey: gatewayPrivateKey,
    identities,
    ask,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** States who asks, as a gateway would. While the clock stands still, the same caller's statement is made once. */
function signAtOneMoment(signer: ClaimsSigner, clock: Clock): (caller: Caller, part: PartName) => Promise<string> {
  const made = new Map<string, string>();
  let moment = 0;
  return async (caller, part) => {
    const now = clock.now().getTime();
    if (now !== moment) made.clear();
    moment = now;
    const rights = { sub: "simulated", ...caller };
    const key = JSON.stringify([part, rights]);
    const known = made.get(key);
    if (known !== undefined) return known;
    const { jws } = await signer.sign(rights, part, Math.floor(now / 1000) + 600);
    made.set(key, jws);
    return jws;
  };
}

/** Which part has which mutation, from the schemas that are published. */
function readDoors(): ReadonlyMap<string, PartName> {
  const doors = new Map<string, PartName>();
  for (const name of Object.keys(definitions) as PartName[]) {
    const { definitions: types } = parse(readFileSync(join(root, "schema", `${name}.graphql`), "utf8"));
    for (const type of types) {
      if (!("fields" in type) || !("name" in type) || type.name?.value !== "Mutation") continue;
      for (const field of type.fields ?? []) doors.set(field.name.value, name);
    }
  }
  return doors;
}
