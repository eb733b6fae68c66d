import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import { byItself, type Keyed } from "../../../plumbing/processing-log.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";
import { lookForSchool } from "../store/circle-search.ts";
import { takeSearchTurn } from "../store/sought.ts";

/** Each night: a child who has changed school is in a circle with the new one, and no more with the old. */
export function followEnrolmentTask({ database, clock, config }: Pick<Room, "database" | "clock"> & Keyed): Task {
  return async (payload) => {
    const { id } = payload as { id: string };
    await database.transaction(systemClaims, async (rows) => {
      await takeSearchTurn(rows, id);
      const search = await rows.findOneBy(CircleSearchRow, { id });
      if (search === null || search.endedAt !== null) return;
      await lookForSchool(rows, search, byItself(search.organisation, config.pseudonymKey), clock.now());
    });
  };
}
