import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { LessThan } from "typeorm";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { dutchDay } from "../../../plumbing/dutch-time.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { ReportContactGapInput } from "../schema/contact-gap.ts";
import { schoolPart } from "../schema/parties.ts";
import { ContactGapRow } from "../store/contact-gaps.ts";

@Resolver()
export class ReportContactGap {
  @Mutation(() => HopReceipt, {
    description:
      "A school's part says that nobody of a school can be reached on a day, or that somebody can after all. Said again, or late, it changes nothing.",
  })
  @AllowParts(schoolPart)
  async reportContactGap(
    @Arg("input", () => ReportContactGapInput) { schoolId, day, open, revision }: ReportContactGapInput,
    @Ctx() { database, clock, config }: LeerplichtContext,
  ): Promise<HopReceipt> {
    const now = clock.now();
    await database.transaction(systemClaims, async (rows) => {
      await rows.delete(ContactGapRow, { day: LessThan(dutchDay(now)) });
      if (day < dutchDay(now)) return;
      await rows.query(
        `insert into care.contact_gap as known (organisation, school_id, day, open, revision, found_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (school_id, day) do update
           set open = excluded.open, revision = excluded.revision, found_at = excluded.found_at
           where known.revision < excluded.revision`,
        [config.organisation, schoolId, day, open, revision, now],
      );
    });
    return received;
  }
}
