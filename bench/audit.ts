import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { readGatewayConfig, startGateway } from "../gateway/part.ts";
import { Config } from "../plumbing/config.ts";
import { openLog } from "../plumbing/log.ts";
import { type AuditCase, type AuditServer, serveAudit } from "./audit-server.ts";
import { temporaryFolder } from "./own-system.ts";

/*
 * npm run audit -- CHECKOUT [SUITE...]: the public federation gateway audit over our gateway, by HTTP. CHECKOUT is one of
 * https://github.com/graphql-hive/federation-gateway-audit, with its packages installed.
 */

const [checkout, ...chosen] = process.argv.slice(2);
if (checkout === undefined) throw new Error("Say where the audit is: npm run audit -- CHECKOUT [SUITE...]");

const log = openLog("audit", "silent");

let passed = 0;
let total = 0;
{
  await using audit = await serveAudit(checkout);
  await using scratch = await temporaryFolder();
  const suites = (await audit.suites()).filter((suite) => chosen.length === 0 || chosen.includes(suite));
  for (const suite of suites) {
    const failures = await runSuite(audit, suite, join(scratch.path, `${suite}.graphql`));
    passed += failures.filter((failure) => failure === undefined).length;
    total += failures.length;
    console.log(`${suite.padEnd(42)} ${failures.map((failure) => (failure === undefined ? "." : "X")).join("")}`);
    for (const failure of failures) if (failure !== undefined) console.log(failure);
  }
}
console.log(`\n${passed} of ${total} passed`);
process.exitCode = passed === total ? 0 : 1;

/**
 * @param file where the supergraph is written.
 * @returns for each case, how the answer differs, or undefined where it passes.
 */
async function runSuite(audit: AuditServer, suite: string, file: string): Promise<readonly (string | undefined)[]> {
  await writeFile(file, await audit.supergraph(suite));
  await using gateway = await startGateway(readGatewayConfig(new Config({ SUPERGRAPH: file, PORT: "0" })), { log });
  const failures: (string | undefined)[] = [];
  // One after another: some cases count on what those before them have changed.
  for (const one of await audit.cases(suite)) failures.push(await difference(one, gateway.url));
  return failures;
}

async function difference({ query, expected }: AuditCase, url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const received = (await response.json()) as { readonly data?: unknown; readonly errors?: readonly unknown[] };
  const isExpected =
    isDeepStrictEqual(received.data ?? null, expected.data ?? null) &&
    (typeof expected.errors !== "boolean" || expected.errors === (received.errors ?? []).length > 0);
  return isExpected
    ? undefined
    : `${query}\nexpected ${JSON.stringify(expected)}\nreceived ${JSON.stringify(received)}\n`;
}
