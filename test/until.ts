/** How long something that has to come may take on a machine that others use, in milliseconds. */
const patience = 30_000;

/**
 * Looks again and again until something is there: for what a test can only see from outside, such as a row that a job
 * writes. Each look has to wait for somebody else, a database or a server, or this keeps the process from everything else.
 * @param what is waited for, as the error says that ends it.
 * @param look gives what is waited for; undefined, null or false while it is not there.
 * @throws Error once it takes too long.
 */
export async function until<Found>(
  what: string,
  look: () => Promise<Found | undefined | null | false>,
  limit = patience,
): Promise<Found> {
  for (const end = Date.now() + limit; Date.now() < end; ) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) return found;
  }
  throw new Error(`Waited ${limit / 1000} seconds for ${what}`);
}
