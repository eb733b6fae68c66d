/** Runs after all tests. */
export default async function tearDown(): Promise<void> {
  const { testServers = [] } = globalThis as unknown as { testServers?: AsyncDisposable[] };
  await Promise.all(testServers.map((server) => server[Symbol.asyncDispose]()));
}
