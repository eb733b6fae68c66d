import { directions } from "../../world/connection.ts";
import type { Way } from "../../world/way.ts";
import { endure, type Fault, type Scene } from "./fault.ts";

const parts = ["gateway", "postgres", "police", "shelter", "crisis", "leerplicht", "school"];

/** What becomes of the network: of the way to one part, or to the primary from its standby. */
export const networkFaults: readonly Fault[] = [
  broken("drop", (way) => way.drop()),
  broken("cut", (way) => way.cut()),
  broken("stall", (way) => way.stall()),
  broken("half of the way lost", (way, { random }) => way.halve(random.pick(directions))),
  broken("connections forgotten", (way) => way.halfOpen()),
  broken("delay", (way, { random }) => way.delay(20 + random.below(300))),
];

function broken(name: string, damage: (way: Way, scene: Scene) => void): Fault {
  return {
    async inflict(scene) {
      const { world, random } = scene;
      const to = random.pick([...parts, "the standby"]);
      const way = to === "the standby" ? world.cluster.replication : world.way(to);
      damage(way, scene);
      await endure(scene);
      way.mend();
      return `${name} to ${to}`;
    },
  };
}
