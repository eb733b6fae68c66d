import { freePort } from "../../system/ports.ts";
import type { Harness, Verdict } from "../harness.ts";
import { Random, seedOf } from "../random.ts";
import { type KnownPupil, pupilsOf } from "../world/pupils.ts";
import { openWay } from "../world/way.ts";
import { startWorld } from "../world/world.ts";
import { Audience, resumption, type Seat } from "./audience.ts";
import { givenUp } from "./given-up.ts";
import { watchGateways } from "./memory.ts";
import { type Plant, spoilEvent } from "./spoiled-frames.ts";
import { StalledReader } from "./stalled-reader.ts";

/** How much a gateway may grow beside stalled readers, in MiB: each leaves a quarter of one waiting, and the rest is Node's. */
const growthAllowed = (stalled: number) => 96 + stalled / 2;

export const crowd: Harness = {
  proves:
    "a crowd of dashboards, also one that comes back all at once, misses nothing, is told nothing twice, and does not slow down the others",
  async run(settings, progress) {
    const size = settings.amount("dashboards", { small: 40, long: 2_000 });
    const signals = settings.amount("signals", { small: 6, long: 50 });
    const stalled = settings.amount("stalled", { small: 2, long: 20 });
    /** So many fill what the operating system keeps for a reader, and then the gateway's own backlog. */
    const flood = settings.amount("flood", { small: 16, long: 30 });
    const random = new Random(seedOf(`${settings.seed} crowd`));
    const failures: string[] = [];
    const figures: Record<string, number | string> = { dashboards: size };
    progress.soFar((): Verdict => ({ figures, failures, controls: [] }));

    const operatorPort = await freePort();
    await using world = await startWorld({
      replicas: (part) => (part === "gateway" ? 2 : 1),
      environment: (_, name) => (name === "gateway-1" ? { OPERATOR_PORT: String(operatorPort) } : {}),
    });
    const pupils = random.shuffle(await pupilsOf(world));
    const schools = [...new Set(pupils.map(({ schoolId }) => schoolId))].sort();
    const next = (count: number, at?: string): KnownPupil[] => {
      const found = pupils.filter(({ schoolId }) => at === undefined || schoolId === at).slice(0, count);
      for (const one of found) pupils.splice(pupils.indexOf(one), 1);
      return found;
    };
    const audience = await Audience.open(world);
    await audience.begin(schools.flatMap((school) => next(1, school)));
    const seats: Seat[] = [];
    for (let place = 0; place < size; place += 1) {
      seats.push(await audience.seat(schools[place % schools.length] ?? "", new Random(random.below(2 ** 31))));
    }
    const gateways = () => world.processes.filter(({ part }) => part === "gateway").map(({ port }) => port);
    const planted = await Promise.all(
      (["lost", "repeated"] as const).map(async (plant: Plant) => {
        let isDone = false;
        const isDue = () => {
          const isFirst = !isDone;
          isDone = true;
          return isFirst;
        };
        const way = await openWay(gateways, () => spoilEvent(plant, isDue));
        const url = `http://127.0.0.1:${way.port}/graphql`;
        return { plant, way, seat: await audience.seat(schools[0] ?? "", new Random(random.below(2 ** 31)), url) };
      }),
    );
    await audience.gathered();
    const told = async (when: string) => {
      const { wrong, events } = await audience.judge(seats);
      failures.push(...wrong.map((what) => `${when}, ${what}`));
      figures["events told, over all dashboards"] = events;
      figures["signals"] = audience.signals;
    };

    // As many as beside the stalled readers, and as many of them at one school.
    await audience.raise([...next(flood, schools[2]), ...next(signals - 1), ...next(1, schools[0])]);
    await told("calm");
    const calm = audience.takeP99();
    figures["report answered to event, calm, p99 ms"] = calm.toFixed(1);

    const site = schools[1] ?? "";
    {
      using readers = new DisposableStack();
      for (let place = 0; place < stalled; place += 1) {
        const authorization = await audience.authorizationAt(site, `stalled-${place}`);
        readers.use(await StalledReader.open(`http://127.0.0.1:${gateways()[0]}/graphql`, await authorization()));
      }
      using memory = await watchGateways(world);
      await audience.raise([...next(flood, site), ...next(signals)]);
      await told("beside stalled readers");
      figures["a gateway's growth beside stalled readers, MiB"] = memory.growth;
      if (memory.growth > growthAllowed(stalled)) failures.push(`a gateway grew by ${memory.growth} MiB`);
      const count = await givenUp(operatorPort, stalled, resumption);
      figures["stalled readers, and of them given up for it"] = `${stalled}, ${count}`;
      if (count !== stalled) failures.push(`${count} of ${stalled} stalled readers were given up`);
    }
    const beside = audience.takeP99();
    figures["the same beside stalled readers, p99 ms"] = beside.toFixed(1);
    // A small run is over too soon for its quantiles to say much.
    if (!settings.isSmall && beside > 2 * calm) failures.push("stalled readers slow down the others");

    const droppedAt = performance.now();
    const back = seats.map(({ dashboard }) => dashboard.comesBack());
    world.way("gateway").drop();
    const [restarted] = world.processes.filter(({ part }) => part === "gateway");
    const storming = audience.raise(next(signals));
    await restarted?.stop("SIGTERM");
    await restarted?.restart();
    await Promise.all(back);
    const resumed = (performance.now() - droppedAt) / 1000;
    figures["all back after the storm, in which a gateway was restarted, s"] = resumed.toFixed(1);
    if (resumed > resumption / 1000) failures.push(`the crowd was back after ${resumed.toFixed(1)} s`);
    await storming;
    await told("after the storm");

    const controls = [];
    for (const { plant, way, seat } of planted) {
      const { wrong } = await audience.judge([seat]);
      controls.push({ planted: `an event ${plant} on its way to a dashboard`, found: wrong.length > 0 });
      await way[Symbol.asyncDispose]();
    }
    for (const { dashboard } of audience.seats) dashboard.close();
    return { figures, failures, controls };
  },
};
