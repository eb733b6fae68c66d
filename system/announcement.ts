import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gatewayUrl, issuerUrl, subgraphUrl } from "./addresses.ts";
import { demoFolder } from "./demo-files.ts";
import { parts } from "./parts.ts";
import { type Persona, personas } from "./personas.ts";
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
  const lines = system.personas.flatMap((persona) => [
    `${persona.name} (party ${persona.party})`,
    `  token: ${persona.token}`,
    `  ${curlLine(system.gateway.http, persona.token, exampleRequest(persona, system.example))}`,
    "",
  ]);
  return [...addresses, "", ...lines].join("\n");
}

interface Request {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** What a persona would ask first: what its scopes are for. */
function exampleRequest({ scope }: Persona, child: ExampleChild): Request {
  const allowed = new Set(scope.split(" "));
  if (allowed.has("incidents:report")) return exampleReport(child);
  if (allowed.has("releases:manage")) return { query: "{ releaseTasks { edges { node { id actBy } } } }" };
  if (allowed.has("routing:manage")) return { query: "{ routingTasks { edges { node { id reason dueBy } } } }" };
  if (allowed.has("signals:handle")) {
    return { query: "{ signals { edges { node { id status supportOn pupil { displayName } } } } }" };
  }
  if (allowed.has("consents:own")) {
    return {
      query: `mutation { openParentView(input: { code: "0000-0000-0000-0000" }) {
        __typename ... on ParentViewRefused { code } } }`,
    };
  }
  if (allowed.has("signals:read")) return { query: "{ schools { id name leerplichtOfficer { name } } }" };
  const day = new Date().toISOString().slice(0, 10);
  return {
    query: `{ statistics(from: "${day.slice(0, 8)}01", to: "${day}") { signals shareSeenInTime backlog } }`,
  };
}

/** An agency's report about the example child. */
export function exampleReport({ bsn, birthDate, name }: ExampleChild): Request {
  const now = Date.now();
  return {
    query: `mutation Report($input: ReportIncidentInput!) { reportIncident(input: $input) {
      __typename ... on IncidentReported { replayed signals { id progress dueBy } } } }`,
    variables: {
      input: {
        idempotencyKey: `example-${now}`,
        occurredAt: new Date(now - 3_600_000).toISOString(),
        category: "DOMESTIC_VIOLENCE",
        children: [{ bsn, name, birthDate }],
      },
    },
  };
}

/** JSON of ours holds no single quote, so a shell takes it as it stands. */
function curlLine(url: string, token: string, { query, variables }: Request): string {
  const body = JSON.stringify({ query: query.replace(/\s+/g, " "), ...(variables ? { variables } : {}) });
  const quoted = body.replaceAll("'", "\\u0027");
  return `curl -s ${url} -H 'content-type: application/json' -H 'authorization: Bearer ${token}' -d '${quoted}'`;
}
