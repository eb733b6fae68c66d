import DataLoader from "dataloader";
import type { PartContext } from "../../plumbing/subgraph.ts";
import { isUuid } from "../../plumbing/uuid.ts";
import { type AgencyContext, agencyContext } from "../agency/context.ts";
import type { ShelterSettings } from "./settings.ts";
import { type SupportCircleRow, seeCircles } from "./store/circles.ts";

/** The context of one request at the shelter. */
export interface ShelterContext extends AgencyContext {
  /** By circle key; null where the caller may know of none. It remembers nothing, for a consent can end meanwhile. */
  readonly circles: DataLoader<string, SupportCircleRow | null>;
}

export function shelterContext(base: PartContext<ShelterSettings>): ShelterContext {
  const { database, claims } = base;
  return {
    ...agencyContext(base),
    circles: new DataLoader(
      async (keys) => {
        const values = keys.filter(isUuid);
        const found = await database.transaction(claims, (rows) =>
          seeCircles(rows, base, { column: "circle_key", values }),
        );
        const byKey = new Map(found.map((circle) => [circle.circleKey, circle]));
        return keys.map((key) => byKey.get(key) ?? null);
      },
      { cache: false },
    ),
  };
}
