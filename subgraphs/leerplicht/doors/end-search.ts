import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { LeerplichtContext } from "../context.ts";
import { EndSearchInput } from "../schema/circle-inputs.ts";
import { shelterPart } from "../schema/parties.ts";
import { CircleSearchRow } from "../store/circle-entities.ts";
import { endSearch } from "../store/circle-search.ts";
import { recordSought, takeSearchTurn } from "../store/sought.ts";

@Resolver()
export class EndSearch {
  @Mutation(() => HopReceipt, {
    description:
      "A part tells that a consent is no more: the school is told to forget. It may come before the question.",
  })
  @AllowParts(shelterPart)
  async endSearch(
    @Arg("input", () => EndSearchInput) { id }: EndSearchInput,
    @Ctx() { database, clock, config, claims }: LeerplichtContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeSearchTurn(rows, id);
      const now = clock.now();
      const sender = claims.organisation ?? "";
      const search = await rows.findOneBy(CircleSearchRow, { id });
      if (search === null) {
        await rows.insert(CircleSearchRow, { id, organisation: config.organisation, sender, turn: 0, endedAt: now });
      } else if (search.sender === sender && search.endedAt === null) {
        recordSought(rows, { claims, config }, "circle.end", search);
        await endSearch(rows, search, now);
      }
    });
    return received;
  }
}
