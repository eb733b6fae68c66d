import type { Task } from "graphile-worker";
import { systemClaims } from "../../../plumbing/database.ts";
import type { Room } from "../../../plumbing/subgraph.ts";
import { takeGuidance } from "../store/guidance.ts";
import { supporterEvents } from "../store/supporter-events.ts";
import { guidanceChanged, tell } from "../store/telling.ts";

/** What the registry has changed: who accompanies the family, or who is in it, which is the shelter's alone to know. */
type FamilyChange = "SUPPORTER" | "FAMILY";

/** Tells whoever sees it that the registry has changed a family that is guided. */
export function tellOfFamilyTask({ database }: Pick<Room, "database">): Task {
  return async (payload) => {
    const { id, change } = payload as { id: string; change: FamilyChange };
    await database.transaction(systemClaims, async (rows) => {
      const guidance = await takeGuidance(rows, id);
      if (guidance === undefined || guidance.endedAt !== null) return;
      const others = change === "SUPPORTER" ? await supporterEvents(rows, guidance) : [];
      tell(rows, [guidanceChanged(guidance), ...others]);
    });
  };
}
