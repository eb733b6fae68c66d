import { releaseDesk } from "../worlds/one-world.ts";
import type { Deed } from "./deed.ts";
import type { Scene } from "./scene.ts";

const caller = { party: "release", organisation: releaseDesk, scope: "releases:manage" };

const list = "{ releaseTasks(first: 500) { edges { node { child { name } } } } }";
const letGo = "mutation ($id: ID!) { releaseSignal(input: { taskId: $id }) { __typename } }";
const stop = "mutation ($id: ID!) { stopSignal(input: { taskId: $id, reason: UNSAFE }) { __typename } }";

/** What is done at the region's release desk. */
export function deskDeeds(scene: Scene): readonly Deed[] {
  const deed = (what: string, query: string): Deed => ({
    part: "leerplicht",
    what: `release desk: ${what}`,
    async prepare() {
      const { world } = scene;
      world.hasDesk = true;
      try {
        const signal = await scene.reported("police");
        const sql = "select id as value from care.release_task where submission_id = $1";
        const id = await scene.find("leerplicht", sql, [signal]);
        return () => scene.ask("leerplicht", caller, query, { id });
      } finally {
        world.hasDesk = false;
      }
    },
  });
  return [deed("the list", list), deed("a signal that goes on", letGo), deed("a signal that is stopped", stop)];
}
