import { setTimeout as pause } from "node:timers/promises";
import { clockNotice } from "../../world/fake-clock.ts";
import { endure, type Fault } from "./fault.ts";

/** What becomes of the parts' processes. */
export const processFaults: readonly Fault[] = [
  {
    async inflict(scene) {
      const victim = scene.random.pick(scene.world.processes);
      await victim.stop("SIGKILL");
      await endure(scene);
      await victim.restart();
      return `kill -9 of a ${victim.part}`;
    },
  },
  {
    async inflict({ world: { processes }, random }) {
      const { part } = random.pick(processes);
      const victims = processes.filter((one) => one.part === part);
      await Promise.all(victims.map((one) => one.stop("SIGKILL")));
      await Promise.all(victims.map((one) => one.restart()));
      return `kill -9 of every ${part}`;
    },
  },
  {
    async inflict({ world: { processes }, random }) {
      const { part } = random.pick(processes);
      for (const one of processes.filter((other) => other.part === part)) {
        await one.stop("SIGTERM");
        await one.restart();
      }
      return `rolling restart of ${part}`;
    },
  },
];

/** A process whose clock is a day ahead or behind, and is set right again. */
export const clockFault: Fault = {
  async inflict(scene) {
    const { world, random } = scene;
    const { part, clock } = random.pick(world.processes.filter((one) => one.clock !== undefined));
    const isAhead = random.chance(0.5);
    await clock?.set(isAhead ? 1 : -1);
    await pause(clockNotice * 1_000);
    await endure(scene);
    await clock?.set(0);
    await pause(clockNotice * 1_000);
    return `the clock of a ${part} a day ${isAhead ? "ahead" : "behind"}`;
  },
};
