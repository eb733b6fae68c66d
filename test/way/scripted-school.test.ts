import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { gatewayUrl } from "../../system/addresses.ts";
import { demoFolder } from "../../system/demo-files.ts";
import { actOnce } from "../../system/scripted-school.ts";
import type { SystemFile } from "../../system/system-file.ts";
import type { Json } from "../subgraph.ts";
import { startWay, type WaySystem } from "./way-system.ts";

const report = "mutation ($input: ReportIncidentInput!) { reportIncident(input: $input) { __typename } }";
const events = "subscription { signalEvents { kind signal { status } } }";
const { scripted } = JSON.parse(readFileSync(join(demoFolder, "cast.json"), "utf8"));

let way: WaySystem;
beforeAll(async () => {
  way = await startWay();
});
afterAll(async () => {
  await way[Symbol.asyncDispose]();
});

test("under npm start a scripted child's signal takes the course that its name says", async () => {
  const contact = await way.follow("scripted-contact", events);
  const officer = await way.follow("leerplicht-officer", "subscription { routingTaskEvents { task { reason } } }");
  for (const { bsn } of scripted) {
    const input = { occurredAt: new Date().toISOString(), category: "OTHER", children: [{ bsn }] };
    await way.ask("police-integrator", report, { input: { ...input, idempotencyKey: bsn } });
    await contact.next(({ kind }: Json) => kind === "RAISED");
  }
  const http = gatewayUrl(way.addresses);
  const personas = [{ name: "scripted-contact", token: await way.token("scripted-contact") }];
  await actOnce({ gateway: { http, ws: http }, personas } as unknown as SystemFile, new Date());

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
