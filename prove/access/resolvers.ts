import { type GraphQLField, type GraphQLSchema, isObjectType, parse } from "graphql";
import { service } from "../../plumbing/access.ts";
import type { Claims } from "../../plumbing/claims.ts";
import { buildSubgraph } from "../../plumbing/subgraph-schema.ts";
import { parts } from "../../system/parts.ts";
import type { Random } from "../random.ts";
import { type Clause, clausesOf, isOwners, tagsOf } from "./reading.ts";

export interface ResolversResult {
  readonly asked: number;
  readonly failures: readonly string[];
}

/** One field of a subgraph: what its SDL says of it, and what answers it. */
interface Resolver {
  readonly subgraph: string;
  readonly coordinate: string;
  readonly tags: readonly string[];
  readonly clauses: readonly Clause[];
  readonly field: GraphQLField<unknown, unknown>;
}

/**
 * Calls each resolver of each subgraph as each party, with and without its scope: it must refuse by itself, for one
 * that the gateway should not have asked on behalf of somebody must not answer either.
 */
export async function askResolvers(parties: readonly string[]): Promise<ResolversResult> {
  return judgeAll(await readResolvers(), parties);
}

/** The same, of one field whose check was taken off. */
export async function askUnguarded(
  parties: readonly string[],
  random: Random,
): Promise<ResolversResult & { coordinate: string }> {
  const planted = random.pick(
    (await readResolvers()).filter(({ tags }) => tags.length > 0 && !isOwners(tags, parties)),
  );
  delete planted.field.subscribe;
  planted.field.resolve = () => "something";
  return { ...(await judgeAll([planted], parties)), coordinate: planted.coordinate };
}

async function readResolvers(): Promise<Resolver[]> {
  const all = await Promise.all(
    parts.map(async ({ name, load }) => {
      const { schema, sdl } = await buildSubgraph((await load()).schema);
      return resolversOf(name, schema, sdl);
    }),
  );
  return all.flat();
}

const somebody = { sub: "somebody", organisation: "00000099000000001000", schools: ["99AA00"] };

/** As whom a party calls. The parts are told apart by their names, and a door lets in some of them. */
function callersOf(party: string): readonly Pick<Claims, "sub" | "organisation" | "schools">[] {
  return party === service ? parts.map(({ name }) => ({ ...somebody, organisation: name })) : [somebody];
}

async function judgeAll(resolvers: readonly Resolver[], parties: readonly string[]): Promise<ResolversResult> {
  const failures: string[] = [];
  let asked = 0;
  for (const { subgraph, coordinate, tags, clauses, field } of resolvers) {
    const needed = [...new Set(clauses.flatMap((clause) => clause[0] ?? []))];
    for (const party of new Set([...parties, "gateway", "system", "__proto__"])) {
      for (const scope of needed.length === 0 ? [[]] : [[], needed, ["signals:read "], [needed.join(",")]]) {
        const isMet = clauses.every((clause) => clause.some((all) => all.every((one) => scope.includes(one))));
        const isAllowed = (isOwners(tags, parties) || tags.includes(party)) && isMet;
        asked += 1;
        const isRefused = await refusesAll(field, callersOf(party), { party, scope });
        if (isRefused !== isAllowed) continue;
        const what = isAllowed ? "refuses what is allowed" : "answers what is denied";
        failures.push(`${coordinate} of ${subgraph} ${what}: ${party} [${scope.join(" ")}]`);
      }
    }
  }
  return { asked, failures };
}

function resolversOf(subgraph: string, schema: GraphQLSchema, sdl: string): Resolver[] {
  const resolvers: Resolver[] = [];
  for (const node of parse(sdl).definitions) {
    if (node.kind !== "ObjectTypeDefinition" && node.kind !== "ObjectTypeExtension") continue;
    const type = schema.getType(node.name.value);
    if (!isObjectType(type)) continue;
    for (const fieldNode of node.fields ?? []) {
      const field = type.getFields()[fieldNode.name.value];
      if (field === undefined || field.name.startsWith("_")) continue;
      // A subgraph's own check is the field's, or else the type's.
      const ruled = tagsOf(fieldNode).length > 0 ? fieldNode : node;
      resolvers.push({
        subgraph,
        coordinate: `${type.name}.${field.name}`,
        tags: tagsOf(ruled),
        clauses: clausesOf(ruled),
        field,
      });
    }
  }
  return resolvers;
}

async function refusesAll(
  field: GraphQLField<unknown, unknown>,
  callers: ReturnType<typeof callersOf>,
  as: Pick<Claims, "party" | "scope">,
): Promise<boolean> {
  const refusals = await Promise.all(callers.map((caller) => refuses(field, { ...caller, ...as })));
  return refusals.every((isRefused) => isRefused);
}

async function refuses(field: GraphQLField<unknown, unknown>, claims: Claims): Promise<boolean> {
  const resolve = field.subscribe ?? field.resolve;
  if (resolve === undefined) return false;
  try {
    await resolve({}, {}, { claims }, { fieldName: field.name } as never);
    return false;
  } catch (error) {
    // Whatever else goes wrong without a database does so behind the check.
    return (error as { code?: unknown }).code === "FORBIDDEN";
  }
}
