/** What a tab of the explorer begins with. */
export interface Example {
  readonly query: string;
  readonly variables?: string;
}

const texts = import.meta.glob<string>("../operations/*/*.graphql", { query: "?raw", import: "default", eager: true });

/** A report that may be sent as it is: with `dryRun` it is checked, and nothing more. */
const report = {
  input: {
    idempotencyKey: "an-example-of-the-explorer",
    occurredAt: new Date(Date.now() - 3_600_000).toISOString(),
    category: "DOMESTIC_VIOLENCE",
    children: [{ bsn: "999990007" }],
    dryRun: true,
  },
};

/** By the name of the operation's file. */
const variables: Readonly<Record<string, unknown>> = {
  report,
  message: { id: "", language: "EN" },
  wall: { from: `${new Date().getUTCFullYear()}-01-01`, to: `${new Date().getUTCFullYear()}-12-31` },
};

/** The operations of a party's own screens, queries first; for an integrator, those that it begins with. */
export function examplesOf(party: string): Example[] {
  return Object.entries(texts)
    .filter(([path]) => partiesOf(path).includes(party))
    .map(([path, query]) => {
      const given = variables[path.replace(/^.*\/|\.graphql$/g, "")];
      return { query, ...(given === undefined ? {} : { variables: JSON.stringify(given, null, 2) }) };
    })
    .sort((one, other) => Number(other.query.startsWith("query")) - Number(one.query.startsWith("query")));
}

/** A folder of common operations names its parties, with a plus between two. */
function partiesOf(path: string): string[] {
  return path.split("/").at(-2)?.split("+") ?? [];
}
