import {
  buildClientSchema,
  type DocumentNode,
  getIntrospectionQuery,
  type IntrospectionQuery,
  isObjectType,
} from "graphql";
import type { OpenGateway } from "./open-gateway.ts";
import { type ContractTerms, SupergraphReading } from "./reading.ts";
import { routesOf } from "./routes.ts";

export interface DoorsResult {
  readonly asked: number;
  readonly failures: readonly string[];
}

/**
 * Tries what no party may do, whatever its scopes: to ask by federation's own fields, to ask without a party or as
 * one that there is none of; and compares what introspection shows each party with what the supergraph says of it.
 */
export async function tryClosedDoors(
  gateway: OpenGateway,
  supergraph: DocumentNode,
  contracts: Readonly<Record<string, ContractTerms>>,
): Promise<DoorsResult> {
  const reading = new SupergraphReading(supergraph);
  const failures: string[] = [];
  let asked = 0;
  const refused = async (party: string | undefined, query: string, codes: readonly string[]) => {
    for (const transport of ["HTTP", "WebSocket"] as const) {
      const { text, calls } = await gateway.ask({ party, scopes: reading.scopes }, { query, variables: {} }, transport);
      asked += 1;
      if (!codes.some((code) => text.includes(code)) || text.includes('"data":{'))
        failures.push(`${query} as ${party} over ${transport} was not refused: ${text.slice(0, 200)}`);
      if (calls.length > 0) failures.push(`${query} as ${party} over ${transport} made a subgraph be called`);
    }
  };
  const entities = [...reading.types.values()].filter(({ isEntity }) => isEntity);
  for (const party of Object.keys(contracts)) {
    await refused(party, "{ _service { sdl } }", ["GRAPHQL_VALIDATION_FAILED"]);
    for (const { name, fields } of entities) {
      for (const field of fields.keys()) {
        const query = `{ _entities(representations: [{ __typename: "${name}", id: "1" }]) { ... on ${name} { ${field} } } }`;
        await refused(party, query, ["GRAPHQL_VALIDATION_FAILED"]);
      }
    }
    const { text } = await gateway.ask(
      { party, scopes: [] },
      { query: getIntrospectionQuery(), variables: {} },
      "HTTP",
    );
    asked += 1;
    const seen = fieldsOf((JSON.parse(text) as { data: IntrospectionQuery }).data);
    const meant = new Set(routesOf(reading, contracts[party]).keys());
    for (const field of seen.difference(meant)) failures.push(`introspection shows ${field} to ${party}`);
    for (const field of meant.difference(seen)) failures.push(`introspection hides ${field} from ${party}`);
  }
  for (const [party, codes] of [
    [undefined, ["UNAUTHENTICATED", '"closed":4403']],
    ["nobody", ["FORBIDDEN", '"closed":4403']],
    ["__proto__", ["FORBIDDEN", '"closed":4403']],
  ] as const) {
    for (const query of ["{ __typename }", "{ schools { name } }", getIntrospectionQuery()]) {
      await refused(party, query, codes);
    }
  }
  return { asked, failures };
}

function fieldsOf(introspection: IntrospectionQuery): Set<string> {
  const types = Object.values(buildClientSchema(introspection).getTypeMap()).filter(isObjectType);
  return new Set(
    types
      .filter(({ name }) => !name.startsWith("__"))
      .flatMap((type) => Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)),
  );
}
