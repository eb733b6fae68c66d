import { generateKeyPair, importJWK, SignJWT } from "jose";
import { WebSocket } from "ws";
import { claimsHeader } from "../../plumbing/claims.ts";
import { parts } from "../../system/parts.ts";
import type { World } from "../world/world.ts";

export interface StrangersResult {
  readonly asked: number;
  readonly failures: readonly string[];
}

const introspection = "{ __schema { types { name fields { name } } } }";
const queries = [introspection, "{ _service { sdl } }", "{ __typename }", "{ me { id } }"];

/**
 * Calls each subgraph past the gateway: without its statement, with another's, and with its own that has ended, is
 * for another subgraph, or was altered. Each time there must be a refusal and not a word of the schema.
 */
export async function callAsStrangers(world: World): Promise<StrangersResult> {
  const failures: string[] = [];
  let asked = 0;
  for (const { name } of parts) {
    const url = world.urlOf(name);
    for (const [who, statement] of await statements(world, name)) {
      for (const query of queries) {
        const response = await fetch(url, {
          method: "POST",
          headers: {
            "content-type": "application/json",
            ...(statement === undefined ? {} : { [claimsHeader]: statement }),
          },
          body: JSON.stringify({ query }),
        });
        asked += 1;
        const text = await response.text();
        if (response.status !== 401) failures.push(`${name} answers ${response.status} to ${who}`);
        if (/Query|types|sdl|data"/.test(text)) failures.push(`${name} answers ${query} to ${who}`);
      }
      asked += 1;
      const heard = await overSocket(url, statement);
      if (heard !== 4403) failures.push(`${name} closes the socket of ${who} with ${heard}`);
    }
    // The gateway's own statement opens a socket, and no operation on it.
    const gateway = await signed(world, name, { sub: "gateway", party: "gateway" });
    asked += 1;
    const heard = await overSocket(url, gateway);
    if (!String(heard).includes("UNAUTHENTICATED"))
      failures.push(`${name} runs an operation on behalf of nobody: ${heard}`);
  }
  return { asked, failures };
}

/** A caller that must be let in, for what never opens proves nothing. */
export async function callAsGateway(world: World): Promise<boolean> {
  const statement = await signed(world, "school", { sub: "somebody", party: "school", scope: "", schools: ["99AA00"] });
  const response = await fetch(world.urlOf("school"), {
    method: "POST",
    headers: { "content-type": "application/json", [claimsHeader]: statement },
    body: JSON.stringify({ query: introspection }),
  });
  return (await response.text()).includes("SignalEvent");
}

async function statements(world: World, subgraph: string): Promise<(readonly [string, string | undefined])[]> {
  const claims = { sub: "somebody", party: "school", scope: "signals:read", schools: ["99AA00"] };
  const now = Math.floor(Date.now() / 1000);
  const right = await signed(world, subgraph, claims);
  const [header, payload, signature] = right.split(".") as [string, string, string];
  const altered = Buffer.from(
    JSON.stringify({ ...JSON.parse(String(Buffer.from(payload, "base64url"))), party: "service" }),
  );
  const none = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  const { privateKey } = await generateKeyPair("EdDSA", { crv: "Ed25519" });
  return [
    ["a caller without a statement", undefined],
    ["a caller with an empty one", ""],
    ["a caller with an access token", await world.token(claims)],
    [
      "a caller with a statement for another subgraph",
      await signed(world, subgraph === "school" ? "police" : "school", claims),
    ],
    ["a caller with a statement that has ended", await signed(world, subgraph, claims, now - 120)],
    ["a caller with an altered statement", `${header}.${altered.toString("base64url")}.${signature}`],
    ["a caller with an unsigned statement", `${none}.${payload}.`],
    [
      "a caller with a key of its own",
      await new SignJWT(claims)
        .setProtectedHeader({ alg: "EdDSA" })
        .setIssuer("gateway")
        .setAudience(subgraph)
        .setExpirationTime("60s")
        .sign(privateKey),
    ],
  ];
}

/** The gateway's statement of these claims, for one subgraph. @param iat when it was made, in seconds */
export async function signed(
  { secrets }: World,
  subgraph: string,
  claims: Record<string, unknown>,
  iat = Math.floor(Date.now() / 1000),
): Promise<string> {
  const key = await importJWK(secrets.gateway, "EdDSA");
  return new SignJWT({ ...claims, until: iat + 60 })
    .setProtectedHeader({ alg: "EdDSA" })
    .setIssuer("gateway")
    .setAudience(subgraph)
    .setIssuedAt(iat)
    .setExpirationTime(iat + 60)
    .sign(key);
}

/** How long a socket may do nothing, in milliseconds. */
const patience = 20_000;

/** @returns the code with which the socket is closed, or the text that answers an operation. */
function overSocket(url: string, claims: string | undefined): Promise<number | string> {
  const socket = new WebSocket(url.replace("http", "ws"), "graphql-transport-ws");
  const ended = Promise.withResolvers<number | string>();
  const timer = setTimeout(() => {
    ended.reject(new Error(`The socket of ${url} neither answers nor closes`));
    socket.terminate();
  }, patience);
  socket.on("open", () => socket.send(JSON.stringify({ type: "connection_init", payload: { claims } })));
  socket.on("message", (message) => {
    const { type, payload } = JSON.parse(String(message));
    if (type === "connection_ack") {
      socket.send(JSON.stringify({ id: "1", type: "subscribe", payload: { query: introspection } }));
    } else if (type === "next" || type === "error") {
      ended.resolve(JSON.stringify(payload));
      socket.close();
    }
  });
  socket.on("close", (code) => ended.resolve(code));
  socket.on("error", ended.reject);
  return ended.promise.finally(() => clearTimeout(timer));
}
