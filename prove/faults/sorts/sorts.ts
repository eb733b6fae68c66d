import type { World } from "../../world/world.ts";
import { databaseFaults, fullDisk, saidFullDisk } from "./databases.ts";
import type { Fault } from "./fault.ts";
import { networkFaults } from "./network.ts";
import { clockFault, processFaults } from "./processes.ts";

/** @returns the faults that this machine lets us make, and by name what it does not. */
export function sortsFor({ cluster, processes }: World): { sorts: readonly Fault[]; untried: readonly string[] } {
  const hasDisk = cluster.disk !== undefined;
  const hasClocks = processes.some(({ clock }) => clock !== undefined);
  return {
    sorts: [
      ...processFaults,
      ...networkFaults,
      ...databaseFaults,
      hasDisk ? fullDisk : saidFullDisk,
      ...(hasClocks ? [clockFault] : []),
    ],
    untried: [
      ...(hasDisk ? [] : ["a disk that is really full (no disk may be mounted here)"]),
      ...(hasClocks ? [] : ["a clock a day off (libfaketime is missing here)"]),
    ],
  };
}
