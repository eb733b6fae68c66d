import { Arg, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { Allow } from "../../../plumbing/access.ts";
import { actFor, systemClaims } from "../../../plumbing/database.ts";
import type { ShelterContext } from "../context.ts";
import {
  OpenParentViewInput,
  OpenParentViewResult,
  ParentViewOpened,
  ParentViewRefused,
  ParentViewResult,
} from "../schema/parent-view.ts";
import { ownConsents, parent } from "../schema/parties.ts";
import { takeCode } from "../store/parents.ts";
import { readParentView, seeParentView, viewClaims } from "./parent-reading.ts";

@Resolver()
export class ParentViews {
  @Mutation(() => OpenParentViewResult, {
    description:
      "A parent hands in the supporter's code, and sees for half an hour what their consents led to. It is good once.",
  })
  @Allow(parent, ownConsents)
  async openParentView(
    @Arg("input", () => OpenParentViewInput) { code }: OpenParentViewInput,
    @Ctx() context: ShelterContext,
  ): Promise<typeof OpenParentViewResult> {
    const { database, clock, config } = context;
    return database.transaction(systemClaims, async (rows) => {
      const taken = await takeCode(rows, code, { pseudonymKey: config.pseudonymKey, now: clock.now() });
      if (typeof taken === "string") return new ParentViewRefused(taken);
      await actFor(rows, viewClaims(context, taken.view));
      const view = await readParentView(rows, context, taken.view);
      return Object.assign(new ParentViewOpened(), { key: taken.key, view });
    });
  }

  @Query(() => ParentViewResult, { description: "What the parent's consents led to, as it is now." })
  @Allow(parent, ownConsents)
  async parentView(
    @Arg("key", () => String, { description: "`ParentViewOpened.key`" }) key: string,
    @Ctx() context: ShelterContext,
  ): Promise<typeof ParentViewResult> {
    return seeParentView(context, key);
  }
}
