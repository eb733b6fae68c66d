import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type GraphQLSchema, lexicographicSortSchema, parse, print, printSchema } from "graphql";
import { deriveContract } from "../gateway/contracts/contract.ts";
import { readContractDefinitions } from "../gateway/contracts/definition.ts";
import type { Hops } from "../plumbing/outbox.ts";
import { buildSubgraph } from "../plumbing/subgraph-schema.ts";
import { assertOneOwner, composeSupergraph, SchemaProblem } from "./composition.ts";
import { emitDocumentRegister } from "./own-documents.ts";
import { parts } from "./parts.ts";
import { root } from "./root.ts";

const folder = join(root, "schema");

/** Every emitted file, by its path below schema/. */
async function emitSchemas(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const subgraphs = new Map<string, string>();
  const hops = new Map<string, Hops>();
  for (const { name, load } of parts) {
    const { schema, hops: sent } = await load();
    hops.set(name, sent);
    const { sdl } = await buildSubgraph(schema);
    subgraphs.set(name, sorted(sdl));
    files.set(`${name}.graphql`, sorted(sdl));
  }
  const supergraph = composeSupergraph(subgraphs);
  files.set("supergraph.graphql", supergraph);
  const definitions = readContractDefinitions(await readFile(join(folder, "contracts.json"), "utf8"));
  const contracts = new Map<string, GraphQLSchema>();
  for (const [name, definition] of definitions) {
    const { schema, supergraph: narrowed } = deriveContract(name, parse(supergraph), definition);
    assertOneOwner(name, narrowed, new Set(Object.keys(schema.getSubscriptionType()?.getFields() ?? {})));
    contracts.set(name, schema);
    files.set(`contracts/${name}.graphql`, `${printSchema(lexicographicSortSchema(schema))}\n`);
  }
  files.set("documents.json", await emitDocumentRegister(contracts, hops));
  return files;
}

/** type-graphql emits types in the order in which modules were loaded, which says nothing. */
function sorted(sdl: string): string {
  const { definitions, ...document } = parse(sdl);
  const named = (node: (typeof definitions)[number]): string =>
    "name" in node && node.name !== undefined ? `1 ${node.name.value}` : "0";
  const inOrder = definitions.toSorted((a, b) => (named(a) < named(b) ? -1 : named(a) > named(b) ? 1 : 0));
  return `${print({ ...document, definitions: inOrder })}\n`;
}

async function write(files: ReadonlyMap<string, string>): Promise<void> {
  for (const path of await strangers(files)) await rm(join(folder, path));
  for (const [path, content] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  process.stdout.write(`Wrote ${files.size} files to schema/\n`);
}

async function check(files: ReadonlyMap<string, string>): Promise<void> {
  const drifted = await strangers(files);
  for (const [path, content] of files) {
    if ((await readFile(join(folder, path), "utf8").catch(() => undefined)) !== content) drifted.push(path);
  }
  if (drifted.length === 0) return;
  throw new SchemaProblem(`schema/ is not what the sources say (npm run schema): ${drifted.sort().join(", ")}`);
}

/** Files of a subgraph or contract that is no more. */
async function strangers(files: ReadonlyMap<string, string>): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names.filter((name) => name.endsWith(".graphql") && !files.has(name));
}

try {
  const files = await emitSchemas();
  await (process.argv.includes("--check") ? check(files) : write(files));
} catch (problem) {
  if (!(problem instanceof SchemaProblem)) throw problem;
  process.stderr.write(`${problem.message}\n`);
  process.exitCode = 1;
}
