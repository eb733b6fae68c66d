import { expect, test } from "@jest/globals";
import { pino } from "pino";
import { Config } from "../../../plumbing/config.ts";
import { readIdentityKeys } from "../../../plumbing/identities/keys.ts";
import { startSubgraph } from "../../../plumbing/subgraph.ts";
import { policeDatabase } from "../../../subgraphs/police/database.ts";
import { policeSubgraph } from "../../../subgraphs/police/part.ts";
import { withClient } from "../../../system/databases.ts";
import { createTestDatabase } from "../../database.ts";
import { createGatewayKeys, pseudonymKey, testIdentityKeys } from "../../keys.ts";
import { bsns, report, reportIncident } from "../agency/agency-under-test.ts";

const [bsn] = bsns;
const caller = { party: "police", organisation: "00000099000000001000", scope: "incidents:report" };

test("a BSN comes back in no answer and stands in no line of the log, whatever goes wrong with it", async () => {
  const written: string[] = [];
  const log = pino({ level: "trace" }, { write: (line: string) => void written.push(line) });
  const hopFailed = Promise.withResolvers<void>();
  {
    await using database = await createTestDatabase(policeDatabase);
    const keys = await createGatewayKeys();
    await using part = await startSubgraph(
      policeSubgraph,
      {
        listen: { host: "127.0.0.1", port: 0 },
        databaseUrl: database.appUrl,
        gatewayUrl: "http://127.0.0.1:1/graphql",
        gatewayPublicKey: keys.publicKey,
        service: { issuer: "http://127.0.0.1:1", clientId: "part", clientKey: keys.privateKey, audience: "urn:test" },
        pseudonymKey,
        identityKeys: () => readIdentityKeys(testIdentityKeys),
        organisation: caller.organisation,
        logLevel: "trace",
        own: new Config({}),
      },
      {
        log,
        gateway: {
          async mutate(_, input) {
            hopFailed.resolve();
            throw new Error(`Nobody takes ${JSON.stringify(input)}`);
          },
        },
      },
    );
    const headers = await keys.headers(caller, "police");
    const answers: string[] = [];
    const ask = async (query: string, input?: unknown): Promise<void> => {
      const response = await fetch(part.url, {
        method: "POST",
        headers,
        body: JSON.stringify({ query, variables: { input } }),
      });
      answers.push(await response.text());
    };
    await ask(reportIncident, report({ children: [{ bsn: [bsn, { a: bsn }] }] }));
    await ask(reportIncident, report({ occurredAt: bsn }));
    await ask(reportIncident, report({ category: bsn }));
    await ask(reportIncident, report({ [`f${bsn}`]: 1 }));
    await ask(reportIncident, report({ children: [{ bsn: `${bsn}0` }, { bsn }, { bsn }] }));
    await ask(`mutation { reportIncident(input: { bsn: "${bsn}`);
    await ask(`mutation { withdrawSignal(input: { sentSignalId: "${bsn}" }) { __typename } }`);
    await ask(reportIncident, report({ idempotencyKey: bsn }));
    await ask(reportIncident, report({ idempotencyKey: bsn, reference: bsn }));
    await withClient(database.adminUrl, (admin) =>
      admin.query("alter table registry.betrokkene add check (bsn is null) not valid"),
    );
    await ask(reportIncident, report());
    await hopFailed.promise;
    expect(answers).toHaveLength(10);
    expect(answers.at(-1)).toContain("INTERNAL_SERVER_ERROR");
    expect(answers.join("\n")).not.toContain(bsn);
  }
  const lines = written.join("");
  expect(lines).toContain("hop failed");
  expect(lines).toContain("23514");
  expect(lines).not.toContain(bsn);
});
