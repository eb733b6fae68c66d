import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { AllowParts } from "../../../plumbing/access.ts";
import { systemClaims } from "../../../plumbing/database.ts";
import { HopReceipt, received } from "../../../plumbing/hop-receipt.ts";
import type { SchoolContext } from "../context.ts";
import { CloseCircleInput } from "../schema/circle.ts";
import { routerPart } from "../schema/parties.ts";
import { CirclePupilRow } from "../store/circle-entities.ts";
import { recordPupil } from "../store/processing.ts";
import { takeCircleTurn } from "./open-circle.ts";

@Resolver()
export class CloseCircle {
  @Mutation(() => HopReceipt, {
    description: "Leerplicht tells a school to forget a circle, also one that has not yet come.",
  })
  @AllowParts(routerPart)
  async closeCircle(
    @Arg("input", () => CloseCircleInput) { id }: CloseCircleInput,
    @Ctx() { database, claims, config }: SchoolContext,
  ): Promise<HopReceipt> {
    await database.transaction(systemClaims, async (rows) => {
      await takeCircleTurn(rows, id);
      const circle = await rows.findOneBy(CirclePupilRow, { id });
      if (circle !== null)
        await recordPupil(rows, { claims, config }, "circle.close", { table: "circle_pupil", ...circle });
      const nothing = { schoolId: null, pupil: null, pupilId: null, circleKey: null };
      await rows.upsert(CirclePupilRow, { id, ...nothing }, ["id"]);
    });
    return received;
  }
}
