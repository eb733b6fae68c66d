import { setTimeout as pause } from "node:timers/promises";
import { withClient } from "../../system/databases.ts";
import { clientOf, operations, reportOf } from "../world/client.ts";
import type { KnownPupil } from "../world/pupils.ts";
import type { World } from "../world/world.ts";
import { receive } from "./receive.ts";
import { untilDone } from "./until-done.ts";

/** How soon the job of a killed worker must have been done again, in seconds (F3). */
export const resumption = 15;

/** How long it is tried to come upon a job that is under way, in milliseconds. */
const patience = 60_000;

/**
 * Kills a process in the middle of the job by which Leerplicht's part delivers a signal.
 * @returns how long after it the signal is in the inbox, in seconds.
 * @throws Error where no job was met under way.
 */
export async function killInMidJob(world: World, { bsn, displayName }: KnownPupil): Promise<number> {
  const claims = { scope: "signals:read signals:handle" };
  const contact = await clientOf(world, "sis-vendor", { claims, patience: 5_000 });
  const police = await clientOf(world, "police-integrator");
  // A delivery that goes nowhere is under way until somebody gives it up.
  world.way("school").stall();
  const report = reportOf(`death-${bsn}-${Date.now()}`, bsn);
  await untilDone(() => police.ask(operations.report, report), AbortSignal.timeout(patience));
  const name = await workerOf(world);
  const victim = world.processes.find((one) => one.name === name);
  if (victim === undefined) throw new Error("The worker is none of ours");
  const killed = performance.now();
  await victim.stop("SIGKILL");
  world.way("school").mend();
  await receive(contact, displayName, patience);
  const took = (performance.now() - killed) / 1000;
  await victim.restart();
  return took;
}

/** @returns the process whose worker has a delivery under way, by its name. */
async function workerOf(world: World): Promise<string> {
  return withClient(world.cluster.databaseUrl("leerplicht"), async (admin) => {
    for (const until = Date.now() + patience; Date.now() < until; await pause(20)) {
      const { rows } = await admin.query<{ name: string }>(`
        select application_name as name
        from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
        join pg_locks on locktype = 'advisory' and granted
          and (classid::bigint << 32 | objid::bigint) = hashtextextended(locked_by, 0)
        join pg_stat_activity using (pid)
        where identifier = 'hop' and locked_at is not null`);
      if (rows[0] !== undefined) return rows[0].name;
    }
    throw new Error("No delivery was met under way");
  });
}
