import { isDeepStrictEqual } from "node:util";
import { parse } from "graphql";
import { deriveContract } from "../gateway/contracts/contract.ts";
import { Executor } from "../gateway/executor/executor.ts";
import { subgraphAddresses } from "../gateway/upstream/addresses.ts";
import { Credentials } from "../gateway/upstream/credentials.ts";
import { NetworkSubgraphs } from "../gateway/upstream/network.ts";
import type { Caller } from "../gateway/upstream/port.ts";
import { systemClock } from "../plumbing/clock.ts";
import { openLog } from "../plumbing/log.ts";
import { type AuditCase, type AuditServer, serveAudit } from "./audit-server.ts";

/*
 * npm run audit -- CHECKOUT [SUITE...]: the public federation gateway audit over our gateway. CHECKOUT is one of
 * https://github.com/graphql-hive/federation-gateway-audit, with its packages installed.
 */

const [checkout, ...chosen] = process.argv.slice(2);
if (checkout === undefined) throw new Error("Say where the audit is: npm run audit -- CHECKOUT [SUITE...]");

const caller: Caller = { id: "audit", party: "audit", rights: {}, until: Number.MAX_SAFE_INTEGER };
const credentials = new Credentials(undefined, systemClock);
const log = openLog("audit", "silent");

let passed = 0;
let total = 0;
{
  await using audit = await serveAudit(checkout);
  const suites = (await audit.suites()).filter((suite) => chosen.length === 0 || chosen.includes(suite));
  for (const suite of suites) {
    const failures = await runSuite(audit, suite);
    passed += failures.filter((failure) => failure === undefined).length;
    total += failures.length;
    console.log(`${suite.padEnd(42)} ${failures.map((failure) => (failure === undefined ? "." : "X")).join("")}`);
    for (const failure of failures) if (failure !== undefined) console.log(failure);
  }
}
console.log(`\n${passed} of ${total} passed`);
process.exitCode = passed === total ? 0 : 1;

/** @returns for each case, how the answer differs, or undefined where it passes. */
async function runSuite(audit: AuditServer, suite: string): Promise<readonly (string | undefined)[]> {
  const supergraph = parse(await audit.supergraph(suite), { noLocation: true });
  const urls = subgraphAddresses(supergraph, new Map());
  await using subgraphs = new NetworkSubgraphs(urls, credentials, 10_000);
  const executor = new Executor(deriveContract(suite, supergraph, {}), subgraphs, log);
  const failures: (string | undefined)[] = [];
  // One after another: some cases count on what those before them have changed.
  for (const one of await audit.cases(suite)) failures.push(await difference(one, executor));
  return failures;
}

async function difference({ query, expected }: AuditCase, executor: Executor): Promise<string | undefined> {
  const answer = await executor.execute({ source: query }, caller);
  const received = JSON.parse(JSON.stringify({ data: answer.data ?? null, errors: answer.errors })) as object;
  const { data = null } = received as { data?: unknown };
  const hasErrors = answer.errors !== undefined && answer.errors.length > 0;
  const isExpected =
    isDeepStrictEqual(data, expected.data ?? null) &&
    (typeof expected.errors !== "boolean" || expected.errors === hasErrors);
  return isExpected
    ? undefined
    : `${query}\nexpected ${JSON.stringify(expected)}\nreceived ${JSON.stringify(received)}\n`;
}
