import { Ctx, Query, Resolver } from "type-graphql";
import { MoreThanOrEqual } from "typeorm";
import { Allow } from "../../../plumbing/access.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import type { LeerplichtContext } from "../context.ts";
import { sitesOf } from "../registry/sites.ts";
import { ContactGap } from "../schema/contact-gap.ts";
import { leerplicht, manageRouting } from "../schema/parties.ts";
import { ContactGapRow } from "../store/contact-gaps.ts";

@Resolver()
export class ContactGaps {
  @Query(() => [ContactGap], {
    description:
      "The schools of which nobody can be reached, today and later, the nearest day first. Found on the noon before at the latest.",
  })
  @Allow(leerplicht, manageRouting)
  contactGaps(@Ctx() { database, claims, clock }: LeerplichtContext): Promise<ContactGap[]> {
    return database.transaction(claims, async (rows) => {
      const today = dutchDay(clock.now());
      const gaps = await rows.find(ContactGapRow, {
        where: { open: true, day: MoreThanOrEqual(today) },
        order: { day: "ASC", schoolId: "ASC" },
      });
      const ids = gaps.map(({ schoolId }) => schoolId);
      const siteOf = await sitesOf(rows, ids, today);
      return gaps.map(({ schoolId, day, foundAt }) => {
        const { inArea, ...school } = siteOf(schoolId);
        return { school, inArea, day, foundAt };
      });
    });
  }
}
