import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type DocumentNode, parse, print } from "graphql";
import { root } from "../../system/root.ts";
import type { Harness } from "../harness.ts";
import { Random } from "../random.ts";
import { startWorld } from "../world/world.ts";
import { tryClosedDoors } from "./closed-doors.ts";
import { plantTag, renameScopes, takeScopes } from "./doctored.ts";
import { askCareless, askEntities } from "./entities.ts";
import { askMatrix, type MatrixOptions } from "./matrix.ts";
import { openGateway } from "./open-gateway.ts";
import { askResolvers, askUnguarded } from "./resolvers.ts";
import { callAsGateway, callAsStrangers } from "./strangers.ts";

export const access: Harness = {
  proves: "who may not have a field does not get it, whichever way it is asked for, and no subgraph is called for it",
  async run(settings) {
    const random = new Random(settings.seed);
    const isWhole = settings.amount("whole", { small: 0, long: 1 }) === 1;
    const supergraph = parse(await readFile(join(root, "schema/supergraph.graphql"), "utf8"));
    const contracts = JSON.parse(await readFile(join(root, "schema/contracts.json"), "utf8"));
    const parties = Object.keys(contracts);
    const options: MatrixOptions = { contracts, random, isWhole };
    const ask = async (served: DocumentNode, more: Partial<MatrixOptions> = {}) => {
      await using gateway = await openGateway(print(served), contracts);
      return await askMatrix(gateway, supergraph, { ...options, ...more });
    };

    const asItIs = await ask(supergraph);
    const doors = await (async () => {
      await using gateway = await openGateway(print(supergraph), contracts);
      return await tryClosedDoors(gateway, supergraph, contracts);
    })();
    const resolvers = await askResolvers(parties);
    const strangers = await (async () => {
      await using world = await startWorld();
      return {
        ...(await callAsStrangers(world)),
        isGatewayHeard: await callAsGateway(world),
        entities: await askEntities(world, parties),
        careless: await askCareless(world, parties),
      };
    })();
    const renamed = await ask(renameScopes(supergraph), { isWhole: false });
    const unruled = takeScopes(supergraph, random);
    const tagged = plantTag(supergraph, contracts, random);
    const unguarded = await askUnguarded(parties, random);
    const found = async (served: DocumentNode, coordinate: string) =>
      (await ask(served, { only: new Set([coordinate]), isWhole: false })).failures.length > 0;
    const failures = [
      ...asItIs.failures,
      ...renamed.failures.map((failure) => `under renamed directives: ${failure}`),
      ...doors.failures,
      ...resolvers.failures,
      ...strangers.failures,
      ...strangers.entities.failures,
      ...(strangers.entities.refused > 0 ? [] : ["no subgraph had an entity to refuse"]),
      ...(strangers.isGatewayHeard ? [] : ["a subgraph does not answer the gateway either"]),
    ];
    return {
      figures: {
        fields: asItIs.fields,
        "operations asked": asItIs.asked + renamed.asked,
        "of them refused or denied": asItIs.denied + renamed.denied,
        "of them given": asItIs.given + renamed.given,
        "operations at closed doors": doors.asked,
        "resolvers called directly": resolvers.asked,
        "calls past the gateway": strangers.asked,
        "references asked for by a party too many": strangers.entities.asked,
        "of them refused by name": strangers.entities.refused,
        "excess, or calls for what was denied": failures.length,
      },
      failures,
      controls: [
        {
          planted: `a supergraph without the scopes of ${unruled.coordinate}`,
          found: await found(unruled.supergraph, unruled.coordinate),
        },
        {
          planted: `a supergraph that shows ${tagged.coordinate} to a party too many`,
          found: await found(tagged.supergraph, tagged.coordinate),
        },
        { planted: `a subgraph that does not check ${unguarded.coordinate}`, found: unguarded.failures.length > 0 },
        {
          planted: "a subgraph that answers every reference",
          found: strangers.careless.failures.length === strangers.careless.asked && strangers.careless.asked > 0,
        },
      ],
    };
  },
};
