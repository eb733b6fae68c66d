import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import {
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isObjectType,
  type ObjectTypeDefinitionNode,
  parse,
} from "graphql";
import { claimsHeader } from "../../plumbing/claims.ts";
import { buildSubgraph } from "../../plumbing/subgraph-schema.ts";
import { parts } from "../../system/parts.ts";
import type { World } from "../world/world.ts";
import { clausesOf, isOwners, tagsOf } from "./reading.ts";
import { signed } from "./strangers.ts";

export interface EntitiesResult {
  readonly asked: number;
  /** How many of them were refused by name, as the entity was there. */
  readonly refused: number;
  readonly failures: readonly string[];
}

/** One field of an entity, as a gateway would ask a subgraph for it. */
interface EntityField {
  readonly subgraph: string;
  readonly coordinate: string;
  readonly tags: readonly string[];
  readonly query: string;
  readonly representation: Readonly<Record<string, string>>;
}

/** A site that takes part, in the demo's files. */
const site = "99AA00";

/**
 * Asks each subgraph by reference (`_entities`) for each field of its entities, with the gateway's own statement of a
 * party that may not have it, with every scope there is. A reference must not be a way past the rule.
 */
export function askEntities(world: World, parties: readonly string[]): Promise<EntitiesResult> {
  return askAt(world, (part) => world.urlOf(part), parties);
}

/** The same of subgraphs that answer whatever they are asked. */
export async function askCareless(world: World, parties: readonly string[]): Promise<EntitiesResult> {
  const careless = createServer((_, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data: { _entities: [{ asked: "something" }] } }));
  });
  careless.listen(0, "127.0.0.1");
  await once(careless, "listening");
  try {
    const { port } = careless.address() as AddressInfo;
    return await askAt(world, () => `http://127.0.0.1:${port}/graphql`, parties);
  } finally {
    careless.close();
  }
}

async function askAt(
  world: World,
  urlOf: (part: string) => string,
  parties: readonly string[],
): Promise<EntitiesResult> {
  const failures: string[] = [];
  let asked = 0;
  let refused = 0;
  const { fields, scopes } = await readEntityFields(parties);
  for (const { subgraph, coordinate, tags, query, representation } of fields) {
    for (const party of parties.filter((one) => !tags.includes(one))) {
      const claims = { sub: "somebody", party, organisation: "00000099000000001000", schools: [site], scope: scopes };
      const response = await fetch(urlOf(subgraph), {
        method: "POST",
        headers: { "content-type": "application/json", [claimsHeader]: await signed(world, subgraph, claims) },
        body: JSON.stringify({ query, variables: { all: [representation] } }),
      });
      const { data, errors = [] } = (await response.json()) as Answer;
      asked += 1;
      if (errors.some(({ extensions }) => extensions?.code === "FORBIDDEN")) refused += 1;
      if (data?._entities?.[0]?.asked != null)
        failures.push(`${coordinate} of ${subgraph} is given to ${party} by reference`);
    }
  }
  return { asked, refused, failures };
}

interface Answer {
  readonly data?: { readonly _entities?: readonly ({ readonly asked?: unknown } | null)[] | null } | null;
  readonly errors?: readonly { readonly extensions?: { readonly code?: string } }[];
}

/** The fields that some party may have by name, and all scopes that any of them asks for. */
async function readEntityFields(parties: readonly string[]): Promise<{ fields: EntityField[]; scopes: string }> {
  const fields: EntityField[] = [];
  const scopes = new Set<string>();
  for (const { name, load } of parts) {
    const { schema, sdl } = await buildSubgraph((await load()).schema);
    for (const node of parse(sdl).definitions) {
      if (node.kind !== "ObjectTypeDefinition") continue;
      const type = schema.getType(node.name.value);
      const key = keyOf(node);
      if (!isObjectType(type) || key === undefined) continue;
      for (const found of fieldsOf(name, node, type, key)) {
        for (const scope of found.clauses.flat(2)) scopes.add(scope);
        if (found.tags.length > 0 && !isOwners(found.tags, parties)) fields.push(found);
      }
    }
  }
  return { fields, scopes: [...scopes].join(" ") };
}

/** The one field of an entity's key; undefined where the type is none. */
function keyOf({ directives = [] }: ObjectTypeDefinitionNode): string | undefined {
  const key = directives.find(({ name }) => name.value === "key");
  const fields = key?.arguments?.find(({ name }) => name.value === "fields")?.value;
  return fields?.kind === "StringValue" ? fields.value : undefined;
}

function* fieldsOf(
  subgraph: string,
  node: ObjectTypeDefinitionNode,
  type: GraphQLObjectType,
  key: string,
): Generator<EntityField & { readonly clauses: ReturnType<typeof clausesOf> }> {
  for (const fieldNode of node.fields ?? []) {
    const field = type.getFields()[fieldNode.name.value];
    if (field === undefined) continue;
    // A subgraph's own check is the field's, or else the type's.
    const ruled = tagsOf(fieldNode).length > 0 ? fieldNode : node;
    const below = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
    yield {
      subgraph,
      coordinate: `${type.name}.${field.name}`,
      tags: tagsOf(ruled),
      clauses: clausesOf(ruled),
      query: `query ($all: [_Any!]!) { _entities(representations: $all) { ... on ${type.name} { asked: ${field.name}${below} } } }`,
      representation: {
        __typename: type.name,
        [key]: type.name.endsWith("School") && key === "id" ? site : randomUUID(),
      },
    };
  }
}
