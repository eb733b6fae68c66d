import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { gatewayUrl } from "../../system/addresses.ts";
import { withClient } from "../../system/databases.ts";
import { demoFolder } from "../../system/demo-files.ts";
import { actOnce } from "../../system/scripted-school.ts";
import type { SystemFile } from "../../system/system-file.ts";
import type { Json } from "../subgraph.ts";
import { until } from "../until.ts";
import { startWay, type WaySystem } from "./way-system.ts";

const report = "mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }";
const events = "subscription { signalEvents { kind signal { status } } }";
const { scripted, matched } = JSON.parse(readFileSync(join(demoFolder, "cast.json"), "utf8"));

let way: WaySystem;
beforeAll(async () => {
  way = await startWay();
});
afterAll(async () => {
  await way[Symbol.asyncDispose]();
});

/** Lets the scripted school look into its inbox once. */
async function schoolLooks(): Promise<void> {
  const http = gatewayUrl(way.addresses);
  const personas = [{ name: "scripted-contact", token: await way.token("scripted-contact") }];
  await actOnce({ gateway: { http, ws: http }, personas } as unknown as SystemFile, new Date());
}

async function reported(bsn: string): Promise<void> {
  const input = { occurredAt: new Date().toISOString(), category: "OTHER", children: [{ bsn }], idempotencyKey: bsn };
  await way.ask("police-integrator", report, { input });
}

test("a child of the same name at any other school is left to the people there", async () => {
  await withClient(way.databases.get("school")?.registryUrl ?? "", (registry) =>
    registry.query(
      "update registry.leerling set roepnaam = 'Ruben', voorvoegsel = null, achternaam = 'Retour' where bsn = $1",
      [matched.bsn],
    ),
  );
  const inInbox = async () => {
    const { data } = await way.ask("school-contact", "{ signals { edges { node { status pupil { displayName } } } } }");
    return data.signals.edges.map(({ node }: Json) => node);
  };
  await reported(matched.bsn);
  await until("the signal", async () => (await inInbox()).length > 0);
  await schoolLooks();
  expect(await inInbox()).toEqual([{ status: "RAISED", pupil: { displayName: "Ruben Retour" } }]);
});

test("under npm start a scripted child's signal takes the course that its name says", async () => {
  const contact = await way.follow("scripted-contact", events);
  const officer = await way.follow("leerplicht-officer", "subscription { routingTaskEvents { task { reason } } }");
  for (const { bsn } of scripted) {
    await reported(bsn);
    await contact.next(({ kind }: Json) => kind === "RAISED");
  }
  await schoolLooks();

  const { task } = await officer.next(() => true);
  expect(task.reason).toBe("RETURNED_BY_SCHOOL");
  const { data } = await way.ask("scripted-contact", "{ signals { edges { node { status pupil { displayName } } } } }");
  const statuses = data.signals.edges.map(({ node }: Json) => [node.pupil?.displayName ?? null, node.status]);
  expect(Object.fromEntries(statuses)).toEqual({
    null: "RETURNED",
    "Sanne Steun": "SUPPORTED",
    "Vera Vijfoverachten": "RAISED",
    "Lotte Telaat": "RAISED",
  });
});
