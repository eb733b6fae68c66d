import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { FindSchoolInput } from "../schema/circle-inputs.ts";
import { shelterPart } from "../schema/parties.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";
import { lookForSchool } from "../store/circle-search.ts";
import { takeSearchTurn } from "../store/sought.ts";
import { encryptSought } from "../store/sought-child.ts";

@Resolver()
export class FindSchool {
  @Mutation(() => HopReceipt, {
    description:
      "A part asks for the school of a child for whom a parent has consented, so that the school is told; where the parent named one, no other is. The same one is taken in once.",
  })
  @AllowParts(shelterPart)
  async findSchool(
    @Arg("input", () => FindSchoolInput) { id, child, schoolId }: FindSchoolInput,
    @Ctx() { database, clock, config, claims }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeSearchTurn(rows, id);
      // Also one that was ended before it came.
      if (await rows.existsBy(CircleSearchRow, { id })) return;
      const search = await rows.save(CircleSearchRow, {
        id,
        organisation: config.organisation,
        sender: claims.organisation ?? "",
        sought: encryptSought(rows, "circle_search", id, { child, personId: null }),
        personDigest: null,
        namedSchool: schoolId ?? null,
        whereabouts: null,
        leftAlone: false,
        chosenSchool: null,
        schoolId: null,
        circleId: null,
        turn: 0,
        endedAt: null,
      });
      await lookForSchool(rows, search, { claims, config }, clock.now());
    });
    return received;
  }
}
