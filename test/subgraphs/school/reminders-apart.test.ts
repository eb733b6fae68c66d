import { randomUUID } from "node:crypto";
import { expect, test } from "@jest/globals";
import { schoolDatabase } from "../../../subgraphs/school/database.ts";
import { schoolSubgraph } from "../../../subgraphs/school/part.ts";
import { withClient } from "../../../system/databases.ts";
import { startSilentServer } from "../../mail-server.ts";
import { startTestSubgraph } from "../../subgraph.ts";

const contact = { party: "school", organisation: "1", schools: ["99AA00"], scope: "signals:read signals:handle" };
const router = { party: "service", organisation: "leerplicht" };
const clock = { now: () => new Date("2026-02-06T08:30:00Z") };

test("a mail server that takes connections and is silent holds up no signal, and nothing that is told of one", async () => {
  await using server = await startSilentServer();
  const settings = { SMTP_URL: server.url, MAIL_FROM: "post@example.nl" };
  await using school = await startTestSubgraph(schoolSubgraph, schoolDatabase, clock, settings);
  await withClient(school.database.registryUrl, (registry) =>
    registry.query(`
      insert into registry.school (brincode, dependancecode, schooljaar) values ('99AA', '00', '2025-2026');
      insert into registry.medewerker (brincode, dependancecode, sleutel, achternaam, emailadres)
        values ('99AA', '00', 'm1', 'Smit', 'ina@example.nl');
      insert into registry.leerling (brincode, dependancecode, sleutel, achternaam, roepnaam, geboortedatum)
        select '99AA', '00', 'p' || n, 'Kok', 'Lot', date '2016-01-01' + n from generate_series(1, 20) n;
    `),
  );
  await withClient(school.database.adminUrl, (admin) =>
    admin.query("insert into care.contact_person values ('99AA00', 'm1')"),
  );
  const deliver = `mutation ($input: DeliverSignalInput!) { deliverSignal(input: $input) { __typename } }`;
  const deliveries = Array.from({ length: 20 }, (_, n) => ({
    id: randomUUID(),
    schoolId: "99AA00",
    child: { givenName: "Lot", familyName: "Kok", birthDate: `2016-01-${String(n + 2).padStart(2, "0")}` },
  }));
  for (const input of deliveries) {
    const { data } = await school.ask(router, deliver, { input });
    expect(data).toEqual({ deliverSignal: { __typename: "SignalDelivered" } });
  }
  await server.connected;
  const { data } = await school.ask(contact, "{ signals(first: 20) { edges { node { id } } } }");
  expect(data.signals.edges).toHaveLength(20);
  const id = data.signals.edges[0].node.id;
  await school.ask(contact, `mutation { acknowledgeSignal(input: { signalId: "${id}" }) { __typename } }`);
  expect(await school.hops.next(({ input }) => input.progress === "SEEN")).toMatchObject({ progress: "SEEN" });
  // Those that are under way fail, so that the part can stop.
  await server[Symbol.asyncDispose]();
});
