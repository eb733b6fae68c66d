import { sites } from "../worlds/region.ts";
import type { Scene } from "./scene.ts";

const contact = { party: "school", organisation: "o", schools: sites, scope: "signals:read" };
const police = { party: "police", organisation: "00000099000000001000", scope: "signals:read" };
const officer = { party: "leerplicht", organisation: "00000099000000004000", scope: "routing:manage" };

/** Enough for each log to have something in it, at a moment at which every inbox is open. */
export async function liveADay(scene: Scene): Promise<void> {
  scene.world.clock.put(Date.parse("2027-03-08T09:00:00Z"));
  const numbers = [...Array.from({ length: 6 }, () => scene.child()), scene.unknown()];
  for (const number of numbers) {
    await scene.reported("police", number);
    await scene.ask("school", contact, "{ signals { edges { node { pupil { displayName } } } } }");
    await scene.ask("police", police, "{ sentSignals { edges { node { id } } } }");
    await scene.ask("leerplicht", officer, "{ routingTasks { edges { node { child { name } } } } }");
  }
}
