import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { readGatewayConfig, startGateway } from "../../gateway/part.ts";
import { Config } from "../../plumbing/config.ts";
import { openDatabase } from "../../plumbing/database.ts";
import { startMailbox } from "../../simulate/mailbox.ts";
import { definitions, type PartName, type Parts, startParts } from "../../simulate/parts.ts";
import { doAll, VirtualClock } from "../../simulate/virtual-time.ts";
import { type DatabaseUrls, databaseUrl, provisionDatabase, withClient } from "../../system/databases.ts";
import { freePort } from "../../system/ports.ts";
import { startPostgres } from "../../system/postgres.ts";
import { root } from "../../system/root.ts";
import { startAnyProvider } from "../provider.ts";
import { writeSpans } from "../written-spans.ts";
import { readDatabaseText } from "./database-text.ts";
import { openIdentities } from "./opened-identities.ts";
import type { PlacedText } from "./search.ts";

const audience = "urn:handle-with-care:gateway";

/** How much is done at once at one moment. */
const atOnce = 8;

// biome-ignore lint/suspicious/noExplicitAny: an answer is of the shape that was asked for
export type Json = any;

/** Who asks, as an access token says it. */
export type Caller = Readonly<Record<string, string | readonly string[]>>;

type Databases = Readonly<Record<PartName, DatabaseUrls & { readonly adminUrl: string }>>;

/** The whole system on a clock that is moved by hand, all whose traces are kept. */
export interface ErasableSystem extends AsyncDisposable {
  readonly clock: VirtualClock;
  readonly databases: Databases;
  readonly parts: Parts;
  /** What stands in logs, spans and mails. */
  readonly written: PlacedText[];
  /** The log of all parts, as they write to it. */
  readonly log: { warn(facts: object, text: string): void };
  /** Asks through the gateway. @throws Error with a code */
  ask(caller: Caller, query: string, variables?: Readonly<Record<string, unknown>>): Promise<Json>;
  /** Does all that is due, and what follows from it. */
  settle(): Promise<void>;
  /** Lets time go by until a moment, and all that is due on the way happen. */
  passTo(moment: Date): Promise<void>;
  /** Lets time go by until something is so. @throws Error where it is not within a month */
  until<T>(what: () => Promise<T | undefined>): Promise<T>;
  /** Has PostgreSQL take the samples that it plans by. */
  gatherStatistics(): Promise<void>;
  /** All that a dump of the databases, logs, spans and mails hold. */
  texts(): Promise<PlacedText[]>;
  /** What is encrypted, for whoever has the keys. */
  opened(): Promise<PlacedText[]>;
}

export async function startErasableSystem(start: Date): Promise<ErasableSystem> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "handle-with-care-erasure-"));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  // PostgreSQL runs as a user of its own, who must get through.
  await chmod(folder, 0o711);
  const postgresLog = join(folder, "postgres.log");
  const postgres = stack.use(
    await startPostgres({
      directory: join(folder, "postgres"),
      port: await freePort(),
      password: password(),
      log: postgresLog,
      throwaway: true,
    }),
  );
  const databases = await makeDatabases(postgres.url);
  const clock = new VirtualClock(start);
  const written: PlacedText[] = [];
  const log = pino({ level: "trace" }, { write: (text: string) => void written.push({ place: "a log", text }) });
  writeSpans((text) => void written.push({ place: "a trace", text }));
  const mail = stack.use(await startMailbox(({ raw }) => void written.push({ place: "a mail", text: raw })));
  const settings = { SMTP_URL: mail.url, MAIL_FROM: "post@example.nl", DASHBOARD_URL: "https://example.nl/" };
  const parts = stack.use(await startParts(databases, clock, { lead: 60, settings, log }));
  const provider = stack.use(await startAnyProvider(audience));
  const gateway = stack.use(
    await startGateway(
      readGatewayConfig(
        new Config({
          SUPERGRAPH: join(root, "schema", "supergraph.graphql"),
          CONTRACTS: join(root, "schema", "contracts.json"),
          SUBGRAPH_URLS: [...parts.urls].map(([name, url]) => `${name}=${url}`).join(","),
          GATEWAY_PRIVATE_KEY: JSON.stringify(parts.gatewayKey),
          OIDC_ISSUER: provider.issuer,
          OIDC_AUDIENCE: audience,
          TRACES: "on",
        }),
      ),
      { clock, log },
    ),
  );

  async function settle(): Promise<void> {
    for (;;) {
      const due = (await Promise.all([...parts.jobs.values()].map((jobs) => jobs.take()))).flat();
      if (due.length === 0) return;
      await doAll(due, atOnce);
    }
  }

  async function passTo(moment: Date): Promise<void> {
    for (;;) {
      await settle();
      const next = Math.min(...[...parts.jobs.values()].map((jobs) => jobs.next));
      clock.moveTo(Math.min(next, moment.getTime()));
      if (next > moment.getTime()) return;
    }
  }

  const all = stack.move();
  return {
    clock,
    databases,
    parts,
    written,
    log,
    settle,
    passTo,
    async ask(caller, query, variables = {}) {
      const iat = Math.floor(clock.now().getTime() / 1000);
      const token = await provider.token({ ...caller, iat, exp: iat + 600 });
      const response = await fetch(`${gateway.url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
        body: JSON.stringify({ query, variables }),
      });
      const { data, errors, code } = (await response.json()) as Json;
      const fault = errors?.[0]?.extensions?.code ?? code;
      if (fault !== undefined) throw new Error(fault);
      return data;
    },
    async until(what) {
      const patience = clock.now().getTime() + 31 * 24 * 3_600_000;
      for (;;) {
        await settle();
        const found = await what();
        if (found !== undefined) return found;
        const next = Math.min(...[...parts.jobs.values()].map((jobs) => jobs.next));
        if (next > patience) throw new Error("What was waited for does not come");
        clock.moveTo(next);
      }
    },
    async gatherStatistics() {
      for (const { adminUrl } of Object.values(databases)) {
        await withClient(adminUrl, (admin) => admin.query("analyze"));
      }
    },
    async texts() {
      const texts = [...written, { place: "PostgreSQL's log", text: readFileSync(postgresLog, "utf8") }];
      for (const [name, { adminUrl }] of Object.entries(databases)) {
        const rows = await withClient(adminUrl, readDatabaseText);
        texts.push(...rows.map(({ table, text }) => ({ place: `${name}: ${table}`, text })));
      }
      return texts;
    },
    async opened() {
      const opened: PlacedText[] = [];
      for (const [name, { appUrl }] of Object.entries(databases) as [PartName, DatabaseUrls][]) {
        await using database = await openDatabase(appUrl, [], undefined, parts.identities(name));
        for (const { table, content } of await openIdentities(database)) {
          opened.push({ place: `${name}: care.${table}, encrypted`, text: content });
        }
      }
      return opened;
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function makeDatabases(clusterUrl: string): Promise<Databases> {
  const databases: Partial<Record<PartName, Databases[PartName]>> = {};
  for (const [name, definition] of Object.entries(definitions) as [PartName, (typeof definitions)[PartName]][]) {
    const passwords = { owner: password(), registry: password(), app: password() };
    const urls = await provisionDatabase(clusterUrl, definition, passwords);
    databases[name] = { ...urls, adminUrl: databaseUrl(clusterUrl, name) };
  }
  return databases as Databases;
}

function password(): string {
  return randomBytes(12).toString("base64url");
}
