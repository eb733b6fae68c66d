import { startTestPostgres } from "./postgres.ts";
import { startTestProvider } from "./provider.ts";

/** Runs before all tests: one PostgreSQL and one OpenID provider for the run, on free ports. */
export default async function setUp(): Promise<void> {
  const [postgres, provider] = await Promise.all([startTestPostgres(), startTestProvider()]);
  // The environment is what jest hands on to the processes that run the tests.
  process.env["TEST_POSTGRES_URL"] = postgres.url;
  process.env["TEST_OIDC_ISSUER"] = provider.issuer;
  process.env["TEST_SECRETS"] = provider.secrets;
  Object.assign(globalThis, { testServers: [postgres, provider] });
}
