import type { QueryPlan } from "@graphql-hive/router-query-planner";
import type { Plans } from "../../gateway/execution/planning.ts";
import { Planning } from "../../gateway/execution/planning.ts";
import type { Harness } from "../harness.ts";
import { Comparison, type World } from "./comparison.ts";
import { OperationMaker } from "./operations.ts";
import { Tally } from "./tally.ts";
import { libraryWorld, randomWorld } from "./worlds.ts";

/** How many operations are asked of one random world. */
const perWorld = 50;

/** How many random worlds are under way at once, each with a planner of its own: most of the time is the planner's. */
const lanes = 3;

/** The share of operations of which a part, or all, may have no plan: the planner's worst defects have no way around. */
const shareWithoutPlan = { library: 0.001, random: 0.01 };

/** How many of the operations over random worlds are asked while a subgraph is down: one in so many. */
const downEvery = 3;

/** The share of worlds that cannot be served: the dice know nothing of what can be reached from where. */
const unservableShare = 0.15;

/** From how many operations on those shares say something: one world of the worst sort is fifty of them. */
const telling = 5_000;

export const differential: Harness = {
  proves: "the gateway answers random operations as graphql-js does over one schema, whatever the supergraph",
  async run(settings) {
    const { seed } = settings;
    const operations = settings.amount("operations", { small: 300, long: 100_000 });
    const library = await overLibrary(seed, operations);
    const { tally: random, worlds, unservable, whileDown } = await overRandomWorlds(seed, operations);
    const failures = [...library.failures, ...random.failures];
    for (const [tally, share] of [
      [library, shareWithoutPlan.library],
      [random, shareWithoutPlan.random],
    ] as const) {
      if (operations >= telling && tally.shareWithoutPlan > share) {
        failures.push(`${tally.over}: too much is without a plan: ${withoutPlan(tally)}`);
      }
    }
    if (operations >= telling && unservable > (worlds + unservable) * unservableShare) {
      failures.push(`${unservable} of ${worlds + unservable} random worlds cannot be served`);
    }
    return {
      figures: {
        "compared over a world that was thought out": library.compared,
        "without a plan there": withoutPlan(library),
        "compared over random worlds": random.compared,
        "without a plan over random worlds": withoutPlan(random),
        "asked while a subgraph is down": whileDown,
        "random worlds": worlds,
        different: library.different + random.different,
      },
      failures,
      controls: await Promise.all(
        planted.map(async ({ fault, plans, world }) => ({
          planted: fault,
          found: (await overLibrary(seed, 300, { plans, world })).different > 0,
        })),
      ),
    };
  },
};

interface Spoiling {
  readonly plans?: ((plans: Plans) => Plans) | undefined;
  readonly world?: ((world: World) => World) | undefined;
}

const silent = () => undefined;

/** Ways in which an executor could be wrong. */
const planted: readonly (Spoiling & { readonly fault: string })[] = [
  {
    fault: "a plan that leaves out its last fetch",
    plans: (plans) => ({
      plan: async (...given) => withoutLast(await plans.plan(...given)),
      renew: () => plans.renew(),
    }),
  },
  {
    fault: "entities that come back in another order",
    world: (world) => withAnswers(world, (answer) => answer.data?._entities?.reverse()),
  },
  {
    fault: "an error of a subgraph that nobody is told",
    world: (world) =>
      withAnswers(world, (answer) => {
        answer.errors = [];
      }),
  },
];

function withoutPlan({ partial, unplanned, shareWithoutPlan: share }: Tally): string {
  return `${partial} in part, ${unplanned} altogether (${(share * 100).toFixed(3)} %)`;
}

async function overLibrary(seed: number, operations: number, spoiling?: Spoiling): Promise<Tally> {
  const { plans, world } = spoiling ?? {};
  const tally = new Tally("the world that was thought out", operations, spoiling ? silent : console.error);
  await using planning = new Planning();
  const served = libraryWorld();
  const comparison = new Comparison(world ? world(served) : served, plans ? plans(planning) : planning);
  for (let nth = seed; !tally.isDone; nth += 1) {
    const source = new OperationMaker(served.contract.schema, nth, ["p2", "b1", "f1", "no"]).make();
    tally.add(nth, await comparison.compare(source));
  }
  return tally;
}

async function overRandomWorlds(seed: number, operations: number) {
  const tally = new Tally("random worlds", operations, console.error);
  let next = seed;
  let worlds = 0;
  let unservable = 0;
  let whileDown = 0;
  const goThrough = async () => {
    await using planning = new Planning();
    while (!tally.isDone) {
      const nth = next++;
      const world = randomWorld(nth);
      if (world === undefined) {
        unservable += 1;
        continue;
      }
      worlds += 1;
      const comparison = new Comparison(world, planning);
      for (let operation = 0; operation < perWorld && !tally.isDone; operation += 1) {
        const source = new OperationMaker(world.contract.schema, nth * perWorld + operation).make();
        const down = operation % downEvery === 0 ? world.mayBeDown(source, nth * perWorld + operation) : undefined;
        if (down !== undefined) whileDown += 1;
        tally.add(nth, await comparison.compare(source, down));
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, goThrough));
  return { tally, worlds, unservable, whileDown };
}

function withoutLast(plan: QueryPlan): QueryPlan {
  const { node } = plan;
  return node?.kind === "Sequence" ? { ...plan, node: { ...node, nodes: node.nodes.slice(0, -1) } } : plan;
}

// biome-ignore lint/suspicious/noExplicitAny: it is spoilt whatever it is
function withAnswers(world: World, spoil: (answer: any) => void): World {
  const { subgraphs } = world;
  return {
    ...world,
    subgraphs: {
      subscribe: (...given) => subgraphs.subscribe(...given),
      async call(...given) {
        const answer = await subgraphs.call(...given);
        spoil(answer);
        return answer;
      },
    },
  };
}
