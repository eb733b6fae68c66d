import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gatewayUrl, issuerUrl, subgraphUrl } from "./addresses.ts";
import { demoFolder } from "./demo-files.ts";
import { parts } from "./parts.ts";
import { personas } from "./personas.ts";
import type { RunningSystem } from "./system.ts";
import type { ExampleChild, SystemFile } from "./system-file.ts";

export async function describeSystem({ addresses, token }: RunningSystem): Promise<SystemFile> {
  const http = gatewayUrl(addresses);
  return {
    gateway: { http, ws: http.replace("http:", "ws:") },
    issuer: issuerUrl(addresses),
    subgraphs: Object.fromEntries(parts.map(({ name }) => [name, subgraphUrl(addresses, name)])),
    personas: await Promise.all(personas.map(async (persona) => ({ ...persona, token: await token(persona) }))),
    example: await readExample(),
  };
}

async function readExample(): Promise<ExampleChild> {
  const cast = JSON.parse(await readFile(join(demoFolder, "cast.json"), "utf8")) as { matched: ExampleChild };
  const { bsn, name, birthDate } = cast.matched;
  return { bsn, name, birthDate };
}

/** What `npm start` ends with: where everything is, and for each persona a line to paste. */
export function announce(system: SystemFile): string {
  const addresses = [
    ["dashboard", `${new URL(system.gateway.http).origin}/  (pick whose screen you want to see)`],
    ["API explorer", `${new URL(system.gateway.http).origin}/graphiql/`],
    ["gateway", `${system.gateway.http}  ${system.gateway.ws}`],
    ...Object.entries(system.subgraphs),
    ["OpenID provider", system.issuer],
  ].map(([name = "", url]) => `  ${name.padEnd(16)}${url}`);
  const lines = system.personas.flatMap(({ name, party, token }) => [
    `${name} (party ${party})`,
    `  token: ${token}`,
    `  ${curlLine(system.gateway.http, token, exampleRequest(name, system.example))}`,
    "",
  ]);
  return [...addresses, "", ...lines].join("\n");
}

interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What each persona would ask first. */
export function exampleRequest(persona: string, { bsn, birthDate, name }: ExampleChild, now = new Date()): Request {
  switch (persona) {
    case "police-integrator":
    case "shelter-worker":
      return {
        query: `mutation Report($input: ReportIncidentInput!) { reportIncident(input: $input) {
          __typename ... on IncidentReported { replayed signals { id progress dueBy } } } }`,
        variables: {
          input: {
            idempotencyKey: `example-${now.getTime()}`,
            occurredAt: new Date(now.getTime() - 3_600_000).toISOString(),
            category: "DOMESTIC_VIOLENCE",
            children: [{ bsn, name, birthDate }],
          },
        },
      };
    case "leerplicht-officer":
      return { query: "{ routingTasks { edges { node { id reason dueBy } } } }" };
    case "release-worker":
      return { query: "{ releaseTasks { edges { node { id actBy } } } }" };
    case "school-contact":
    case "scripted-contact":
    case "school-teacher":
      return { query: "{ signals { edges { node { id status supportOn pupil { displayName } } } } }" };
    case "sis-vendor":
      return { query: "{ schools { id name leerplichtOfficer { name } } }" };
    default: {
      const day = now.toISOString().slice(0, 10);
      return {
        query: `{ statistics(from: "${day.slice(0, 8)}01", to: "${day}") { signals shareSeenInTime backlog } }`,
      };
    }
  }
}

/** JSON of ours holds no single quote, so a shell takes it as it stands. */
function curlLine(url: string, token: string, { query, variables }: Request): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, " "), ...(variables ? { variables } : {}) });
  const quoted = body.replaceAll("'", "\\u0027");
  return `curl -s ${url} -H 'content-type: application/json' -H 'authorization: Bearer ${token}' -d '${quoted}'`;
}
